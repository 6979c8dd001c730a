package dev.cascade.engine;

import dev.cascade.engine.WorkCounts.Account;
import dev.cascade.engine.WorkCounts.Amount;
import dev.cascade.engine.WorkCounts.Cause;
import dev.cascade.engine.WorkCounts.End;
import dev.cascade.node.Purpose;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A shard's part of the {@link WorkCounts}. What no request asked for costs nothing a message: it
 * is what is left.
 */
final class WorkBook {
  private final Shard shard;
  private final Map<Cause, Map<End, long[]>> settled = new LinkedHashMap<>();
  private final Map<Purpose, Map<String, Cause>> causes = new LinkedHashMap<>();
  private long opened;
  private long ended;
  private long ownCpuNanos;
  private long chargedMessages;
  private long chargedCpuNanos;
  private long formerCpuNanos;

  WorkBook(Shard shard) {
    this.shard = shard;
  }

  // ---- requests

  /**
   * Why a request is sent: an ordinary one for the same cause as the one it serves.
   *
   * @param served null if it serves none
   */
  Cause cause(Purpose purpose, HostRuntime sender, @Nullable Bill served) {
    if (purpose == Purpose.REQUEST && served != null) {
      return served.cause;
    }
    return causes
        .computeIfAbsent(purpose, key -> new LinkedHashMap<>())
        .computeIfAbsent(sender.info().entry(), entry -> new Cause(purpose, entry));
  }

  void opened() {
    opened++;
  }

  void ended(Cause cause, End end) {
    ended++;
    amounts(cause, end)[0]++;
  }

  // ---- work

  /** A message was handled for a request; all others are on nobody's bill. */
  void handled(Bill bill) {
    if (!bill.closed) {
      bill.messages++;
      chargedMessages++;
    }
  }

  /** One of those was dropped after all. */
  void unhandled(@Nullable Bill bill) {
    if (bill != null && !bill.closed) {
      bill.messages--;
      chargedMessages--;
    }
  }

  /** CPU time was used. */
  void worked(@Nullable Bill bill, long nanos) {
    if (bill == null || bill.closed) {
      ownCpuNanos += nanos;
    } else {
      bill.cpuNanos += nanos;
      chargedCpuNanos += nanos;
    }
  }

  /** The end of a request is known. */
  void settle(@Nullable Bill bill, End end) {
    if (bill == null || bill.closed) {
      return;
    }
    add(bill, end);
    for (Bill other : bill.others()) {
      add(other, end);
    }
    bill.close();
  }

  /** A message fell that will not be sent again. */
  void fell(Message message, End end) {
    if (message.kind == Message.Kind.REQUEST || message.kind == Message.Kind.REPLY) {
      settle(message.bill, end);
    }
  }

  private void add(Bill bill, End end) {
    long[] amounts = amounts(bill.cause, end);
    amounts[1] += bill.messages;
    amounts[2] += bill.cpuNanos;
  }

  private long[] amounts(Cause cause, End end) {
    return settled
        .computeIfAbsent(cause, key -> new EnumMap<>(End.class))
        .computeIfAbsent(end, key -> new long[3]);
  }

  /** A host boots anew, and its cores count from zero. */
  void formerly(Cpu before) {
    formerCpuNanos += Math.round(before.usedNanos());
  }

  // ---- reading

  /** Adds this shard's numbers; what is being served is looked at anew. */
  WorkCounts addTo(WorkCounts sum) {
    long[] left = {opened - ended, chargedMessages, chargedCpuNanos};
    settled.forEach(
        (cause, ends) -> {
          ends.forEach(
              (end, amounts) -> {
                left[1] -= amounts[1];
                left[2] -= amounts[2];
                Amount amount = new Amount(amounts[0], amounts[1], amounts[2]);
                sum.accounts().merge(new Account(cause, end), amount, Amount::plus);
              });
        });
    long ownInService = 0;
    long used = formerCpuNanos;
    for (HostRuntime host : shard.machines().hosts().values()) {
      used += Math.round(host.cpu().usedNanos()); // rounded by host: the same for any shards
      for (ProcessQueue process : host.queues()) {
        long soFar = process.cpuNanosInService();
        boolean isOwn = process.servesNobody();
        ownInService += isOwn ? soFar : 0;
        left[2] += isOwn ? 0 : soFar;
      }
    }
    return new WorkCounts(
        new TreeMap<>(sum.accounts()),
        sum.own()
            .plus(
                new Amount(
                    0,
                    shard.ledger().handledSoFar() - chargedMessages,
                    ownCpuNanos + ownInService)),
        sum.unfinished().plus(new Amount(left[0], left[1], left[2])),
        sum.cpuNanosUsed() + used);
  }
}
