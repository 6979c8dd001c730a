package dev.cascade.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.engine.WorkCounts;
import dev.cascade.engine.WorkCounts.Amount;
import dev.cascade.engine.WorkCounts.End;
import java.time.Duration;

/** The work ledger as JSON. */
final class WorkJson {
  private WorkJson() {}

  static ObjectNode of(WorkCounts work) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    amount(json.putObject("total"), work.total());
    for (End end : End.values()) {
      amount(json.putObject(end.word()), work.of(end));
    }
    amount(json.putObject(WorkCounts.UNFINISHED), work.unfinished());
    amount(json.putObject(WorkCounts.OWN), work.own());
    ArrayNode accounts = json.putArray("accounts");
    work.accounts()
        .forEach(
            (account, amount) -> {
              ObjectNode line = accounts.addObject();
              line.put("purpose", account.cause().purpose().word());
              line.put("from", account.cause().origin());
              line.put("end", account.end().word());
              amount(line, amount);
            });
    return json;
  }

  private static void amount(ObjectNode json, Amount amount) {
    json.put("requests", amount.requests());
    json.put("messages", amount.messages());
    json.put("cpuSeconds", JsonNumbers.seconds(Duration.ofNanos(amount.cpuNanos())));
  }
}
