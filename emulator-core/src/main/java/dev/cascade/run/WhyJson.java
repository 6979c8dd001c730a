package dev.cascade.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.node.Purpose;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why a property was violated, as JSON; times are in seconds. */
public final class WhyJson {
  private WhyJson() {}

  /** All of it. */
  public static ObjectNode of(Why why) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("property", why.property().name());
    json.put("firstViolation", JsonNumbers.seconds(why.violation()));
    json.put("series", why.seed());
    json.put("changes", why.changes());
    json.put("perSecondBefore", JsonNumbers.of(why.perSecondBefore()));
    json.put("perSecond", JsonNumbers.of(why.perSecondAfter()));
    ArrayNode done = json.putArray("method");
    for (Why.Deed deed : why.deeds()) {
      ObjectNode one = done.addObject();
      one.put("time", JsonNumbers.seconds(deed.at()));
      one.put("name", deed.name()).put("what", deed.what());
      one.put("step", deed.number() == 0 ? null : deed.number());
      put(one.putArray("leadsTo"), deed.leadsTo());
      put(one.putArray("strikes"), deed.strikes());
      put(one.putArray("touches"), deed.touches());
    }
    ArrayNode steps = json.putArray("steps");
    why.steps().forEach(step -> steps.add(step(step)));
    ObjectNode way = json.putObject("onTheWay");
    put(way.putObject("inHandBefore"), why.inHandBefore());
    put(way.putObject("inHand"), why.inHand());
    put(way.putObject("events"), why.events());
    ArrayNode drops = way.putArray("drops");
    why.drops()
        .forEach(
            (drop, count) ->
                drops
                    .addObject()
                    .put("place", drop.place())
                    .put("type", drop.type())
                    .put("reason", drop.reason())
                    .put("count", count));
    way.set("workBefore", WorkJson.of(why.workBefore()));
    way.set("work", WorkJson.of(why.work()));
    json.put("forgotten", why.forgotten());
    return json;
  }

  private static ObjectNode step(WhyChain.Step step) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("number", step.number());
    json.put("what", step.kind().what().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("at", step.kind().at());
    json.put("other", step.kind().other());
    json.put("subject", step.kind().subject());
    Purpose purpose = step.kind().purpose();
    json.put("purpose", purpose == null ? null : purpose.word());
    json.put("count", step.count());
    json.put("first", JsonNumbers.seconds(step.first()));
    json.put("last", JsonNumbers.seconds(step.last()));
    json.put("perSecondBefore", JsonNumbers.of(step.perSecondBefore()));
    json.put("perSecond", JsonNumbers.of(step.perSecond()));
    json.put("medianBefore", JsonNumbers.seconds(step.medianBefore()));
    json.put("median", JsonNumbers.seconds(step.median()));
    put(json.putArray("after"), step.after());
    put(json.putArray("behind"), step.behind());
    put(json.putArray("byState"), step.byState());
    return json;
  }

  private static void put(ArrayNode json, List<Integer> numbers) {
    numbers.forEach(json::add);
  }

  private static void put(ObjectNode json, Map<String, Long> counts) {
    counts.forEach(json::put);
  }
}
