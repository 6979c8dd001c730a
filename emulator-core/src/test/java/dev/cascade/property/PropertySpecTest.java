package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertySpecTest {
  private final ObjectMapper json =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);

  @Test
  void readsWhatFilesWriteAndWritesItAgain() throws Exception {
    String text =
        """
        {"name":"recovers","eventually":"gauge('x') > 1","when":"event('healed')",\
        "within":"PT1M","holdsFor":"PT30S","severity":"warn"}""";

    PropertySpec spec = json.readValue(text, PropertySpec.class);

    assertThat(spec)
        .isEqualTo(
            PropertySpec.eventually("recovers", "gauge('x') > 1", Duration.ofMinutes(1))
                .when("event('healed')")
                .holdsFor(Duration.ofSeconds(30))
                .withSeverity(Severity.WARN));
    assertThat(json.readTree(json.writeValueAsString(spec))).isEqualTo(json.readTree(text));
  }

  @Test
  void theKeyOfItsPatienceIsFor() throws Exception {
    PropertySpec spec =
        json.readValue("{\"name\":\"a\",\"always\":\"true\",\"for\":\"PT5S\"}", PropertySpec.class);

    assertThat(spec).isEqualTo(PropertySpec.always("a", "true").lasting(Duration.ofSeconds(5)));
    assertThat(spec.severity()).isEqualTo(Severity.ERROR);
    assertThat(spec.mode()).isEqualTo(PropertySpec.Mode.ALWAYS);
    assertThat(json.writeValueAsString(spec)).contains("\"for\":\"PT5S\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'name':'a' | exactly one of always, never, eventually, sometimes, not ()",
        "'name':'a','always':'true','never':'false' | not (always, never)",
        "'always':'true' | Missing required creator property 'name'",
        "'name':' ','always':'true' | needs a name",
        "'name':'a','eventually':'true' | eventually needs within",
        "'name':'a','always':'true','holdsFor':'PT1S' | holdsFor belongs to eventually",
        "'name':'a','sometimes':'true','for':'PT1S' | for belongs to always and never",
        "'name':'a','eventually':'true','within':'PT1S','for':'PT1S' | for belongs",
        "'name':'a','always':'true','within':'PT1S' | within needs eventually",
        "'name':'a','sometimes':'true','when':'true','within':'PT1S' | within needs eventually",
        "'name':'a','eventually':'true','within':'PT0S' | within (PT0S) must be longer",
        "'name':'a','eventually':'true','within':'PT1S','holdsFor':'PT0S' | holdsFor (PT0S)",
        "'name':'a','always':'true','for':'PT-1S' | for (PT-1S) must not be negative",
      })
  void whatDoesNotFitTogetherIsRefused(String fields, String reason) {
    String text = "{" + fields.replace('\'', '"') + "}";
    assertThatThrownBy(() -> json.readValue(text, PropertySpec.class))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void alwaysMayBeAskedForSomeTimeAfterATrigger() {
    PropertySpec spec =
        PropertySpec.always("a", "true").when("event('x')").within(Duration.ofSeconds(3));
    assertThat(spec.within()).isEqualTo(Duration.ofSeconds(3));
    assertThat(spec.expression()).isEqualTo("true");
  }
}
