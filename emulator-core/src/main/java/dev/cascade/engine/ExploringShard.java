package dev.cascade.engine;

import dev.cascade.network.LinkEnd;
import dev.cascade.network.Network;
import dev.cascade.network.Window;
import dev.cascade.node.Metrics;
import dev.cascade.random.Hash64;
import dev.cascade.schedule.Delays;
import dev.cascade.schedule.Schedule;
import dev.cascade.schedule.ScheduleCounts;
import dev.cascade.time.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A shard whose schedule is looked at: each parcel on its way may arrive from the earliest to the
 * latest time that its link allows, and where another could have come it counts a choice. What is
 * chosen is what the seed draws, save for those few parcels that are delayed, if any are.
 */
class ExploringShard extends Shard {
  private final Map<Event, Flight> flights = new LinkedHashMap<>();
  private final TreeSet<Flight> byEarliest = new TreeSet<>(Flight.EARLIEST_FIRST);
  private final Map<Long, Long> orders = new TreeMap<>(); // what each host handled, by its key
  private final Schedule.Scope scope;
  private final @Nullable Delays delays;
  private @Nullable Tape tape;
  private long sent;
  private long choices;

  /**
   * An empty shard.
   *
   * @param delays which parcels take longer than drawn; null if none does
   */
  ExploringShard(
      EngineSettings settings,
      Network network,
      Function<String, Metrics> metrics,
      @Nullable Delays delays) {
    super(0, settings, network, metrics);
    Schedule schedule = settings.schedule();
    this.scope = schedule == null ? Schedule.Scope.ALL : schedule.scope();
    this.delays = delays;
  }

  /** From now on messages are kept. */
  final Tape startTape() {
    Tape fresh = new Tape();
    tape = fresh;
    return fresh;
  }

  @Override
  final void carry(HostRuntime host, Parcel parcel, long delayNanos) {
    if (tape != null && parcel instanceof Message message) {
      tape.sent(message, nowNanos());
    }
    if (!scope.contains(nowNanos(), host.info().entry(), entryOf(parcel.to().host()))) {
      send(host, parcel, nowNanos() + delayNanos);
      return;
    }
    boolean onOneHost = parcel.to().hostKey() == host.key();
    Network network = transport().network();
    Window window =
        onOneHost
            ? network.loopbackWindow()
            : network.window(host.linkEnd(), transport().endOf(parcel.to().host()));
    long drawn = nowNanos() + delayNanos;
    // What has no end is drawn beyond its window in 1 of 10,000.
    long earliest = Math.min(drawn, nowNanos() + window.leastNanos());
    long latest = Math.max(drawn, nowNanos() + window.mostNanos());
    carry(host, parcel, drawn, new Span(sent++, earliest, latest));
  }

  private String entryOf(String host) {
    LinkEnd end = directory().end(host);
    return end == null ? "" : end.host().entry();
  }

  /** When a parcel may arrive, and its number. */
  record Span(long number, long earliestNanos, long latestNanos) {}

  /** Sends a parcel on its way. */
  void carry(HostRuntime host, Parcel parcel, long drawnNanos, Span span) {
    long arrival =
        delays == null ? drawnNanos : delays.arrivalNanos(drawnNanos, span.latestNanos());
    hold(
        new Flight(
            parcel, host, span.number(), arrival, span.earliestNanos(), span.latestNanos(), 0));
    send(host, parcel, arrival);
  }

  /** A parcel is on its way. */
  final void hold(Flight flight) {
    flights.put(flight.parcel(), flight);
    byEarliest.add(flight);
  }

  @Override
  Event takeNext() {
    Event event = super.takeNext();
    Flight flight = flights.remove(event);
    if (flight != null) {
      land(flight, event.timeNanos());
    }
    arrived(event, event.timeNanos());
    return event;
  }

  final void arrived(Event event, long timeNanos) {
    if (tape != null && event instanceof Message message) {
      tape.arrived(message, timeNanos);
    }
  }

  @Override
  void record(RecordedEvent event) {
    super.record(event);
    if (tape != null) {
      tape.happened(event, new Tape.Turn(causeHost(), causeTurn()));
    }
  }

  /** A gauge of a host has a new value. */
  final void showed(String host, String gauge, String value) {
    if (tape != null) {
      tape.showed(nowNanos(), host, gauge, value, new Tape.Turn(causeHost(), causeTurn()));
    }
  }

  /** A parcel arrives: there was a choice if another could have. */
  final void land(Flight flight, long timeNanos) {
    flights.remove(flight.parcel());
    byEarliest.remove(flight);
    if (!byEarliest.isEmpty() && byEarliest.first().earliestNanos() <= timeNanos) {
      choices++;
    }
  }

  @Override
  void handling(ProcessQueue process, Message message) {
    super.handling(process, message);
    HostRuntime host = process.host();
    if (host != null && tape != null && !process.isHostActor()) {
      tape.handled(message, new Tape.Turn(causeHost(), causeTurn()), nowNanos());
    }
    if (host != null && !process.isHostActor() && scope.isAmong(host.info().entry())) {
      long from = message.from == null ? 0 : message.from.key();
      long what = Hash64.combine(process.traceKey() + process.typeOf(message).hash(), from);
      orders.merge(host.key(), what, Hash64::combine);
    }
  }

  /** What there was to choose so far. */
  final ScheduleCounts counts() {
    long order = 0;
    for (Map.Entry<Long, Long> host : orders.entrySet()) {
      order = Hash64.combine(Hash64.combine(order, host.getKey()), host.getValue());
    }
    return new ScheduleCounts(sent, choices, order);
  }
}
