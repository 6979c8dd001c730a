package dev.cascade.models.coreos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be typed at a console. */
class CommandTest {
  @ParameterizedTest
  @CsvSource({
    "systemctl restart fleet, RESTART, fleet, ''",
    "systemctl restart --failed app, RESTART_FAILED, app, ''",
    "docker rm -f consul, REMOVE_CONTAINER, consul, ''",
    "docker ps, LIST_CONTAINERS, '', ''",
    "rm -rf /var/log/journal/*, DELETE_JOURNALS, '', ''",
    "consul kv put a/b c d, PUT, a/b, c d",
  })
  void commandsAreRead(String line, Command.Verb verb, String object, String value) {
    assertThat(Command.parse(line)).isEqualTo(new Command(verb, object, value));
    assertThat(Command.parse(line).text()).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "systemctl start",
        "systemctl start a b",
        "consul kv put key",
        "rm -rf /var/log/journal/* x",
        "docker ps -a",
      })
  void whatIsMissingOrTooMuchIsSaid(String line) {
    assertThatThrownBy(() -> Command.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line)
        .hasMessageContaining("needs");
  }

  @Test
  void whatNobodyKnowsIsSaid() {
    assertThatThrownBy(() -> Command.parse("systemctl strat fleet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none of systemctl start");
  }
}
