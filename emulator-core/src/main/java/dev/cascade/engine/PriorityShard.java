package dev.cascade.engine;

import dev.cascade.network.Network;
import dev.cascade.node.Metrics;
import dev.cascade.schedule.Priorities;
import dev.cascade.time.Event;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A shard in which of all that may happen now the highest priority comes first. All that may happen
 * is what can before the first thing that must: a parcel that has come to its latest time, or what
 * a host does by itself, whose time is fixed. A parcel that is chosen arrives as early as it can,
 * so that those it overtakes can be held for long. Where there is nothing to choose it takes the
 * time that was drawn or, if its chain was lowered, the longest.
 */
final class PriorityShard extends ExploringShard {
  private final TreeSet<Flight> byLatest = new TreeSet<>(Flight.LATEST_FIRST);
  private final TreeSet<Flight> byPriority = new TreeSet<>(Flight.HIGHEST_FIRST);
  private final Priorities priorities;
  private boolean known; // what is next, until something is added or taken away
  private @Nullable Flight next; // null if it is an event of a host
  private long nextNanos;

  PriorityShard(
      EngineSettings settings,
      Network network,
      Function<String, Metrics> metrics,
      Priorities priorities) {
    super(settings, network, metrics, null);
    this.priorities = priorities;
  }

  @Override
  void carry(HostRuntime host, Parcel parcel, long drawnNanos, Span span) {
    long priority = priorities.sent(causeHost(), causeTurn());
    Flight flight =
        new Flight(
            parcel,
            host,
            span.number(),
            drawnNanos,
            span.earliestNanos(),
            span.latestNanos(),
            priority);
    parcel.enter(this);
    hold(flight);
    byLatest.add(flight);
    byPriority.add(flight);
    known = false;
  }

  @Override
  void schedule(@Nullable HostRuntime host, Event event, long timeNanos) {
    super.schedule(host, event, timeNanos);
    known = false;
  }

  @Override
  void send(HostRuntime host, Parcel parcel, long timeNanos) {
    super.send(host, parcel, timeNanos);
    known = false;
  }

  @Override
  void cancel(Event event) {
    super.cancel(event);
    known = false;
  }

  @Override
  void absorbLate(Parcel parcel) {
    super.absorbLate(parcel);
    known = false;
  }

  // ---- choosing

  @Override
  long nextTimeNanos() {
    choose();
    return nextNanos;
  }

  private void choose() {
    if (known) {
      return;
    }
    known = true;
    long ownNanos = queue().nextTimeNanos();
    long mustNanos =
        byLatest.isEmpty() ? ownNanos : Math.min(ownNanos, byLatest.first().latestNanos());
    boolean ownIsDue = ownNanos != Long.MAX_VALUE && ownNanos == mustNanos;
    Flight highest = null;
    boolean several = ownIsDue;
    for (Flight flight : byPriority) {
      if (flight.earliestNanos() <= mustNanos) {
        several |= highest != null;
        if (highest != null) {
          break;
        }
        highest = flight;
      }
    }
    boolean ownIsFirst = highest == null || (ownIsDue && priorityOfOwn() > highest.priority());
    next = ownIsFirst ? null : highest;
    nextNanos = next == null ? ownNanos : arrivalNanos(next, several, mustNanos);
  }

  private long arrivalNanos(Flight flight, boolean several, long mustNanos) {
    long wanted = flight.earliestNanos();
    if (!several) {
      boolean isLow = priorities.isLow(flight.priority());
      wanted = isLow ? flight.latestNanos() : flight.drawnNanos();
    }
    return Math.max(nowNanos(), Math.min(wanted, mustNanos));
  }

  private long priorityOfOwn() {
    return priorities.ofClock(queue().peek().origin());
  }

  @Override
  Event takeNext() {
    choose();
    known = false;
    Flight flight = next;
    if (flight == null) {
      return super.takeNext();
    }
    byLatest.remove(flight);
    byPriority.remove(flight);
    land(flight, nextNanos);
    Parcel parcel = flight.parcel();
    key(flight.sender(), parcel, nextNanos);
    if (parcel instanceof Message message && message.kind == Message.Kind.REPLY) {
      priorities.returned(message.causeHost, message.causeTurn, flight.priority());
    } else {
      priorities.arrived(parcel, flight.priority());
    }
    arrived(parcel, nextNanos);
    return parcel;
  }

  @Override
  void handling(ProcessQueue process, Message message) {
    super.handling(process, message);
    priorities.handled(message, causeHost(), causeTurn(), message.causeHost, message.causeTurn);
  }

  @Override
  long inFlight() {
    long count = super.inFlight();
    for (Flight flight : byLatest) {
      count += flight.parcel() instanceof Message ? 1 : 0;
    }
    return count;
  }
}
