package dev.cascade.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.run.RunJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names from strangers stay text. */
class EscapingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]><img src=x onerror=alert(1)>",
        "\u2028alert(1)\u2029",
        "\\u003c/script\\u003e",
        "a & b \" ' `"
      })
  void jsonInAScriptIsInertAndMeansTheSame(String name) throws JsonProcessingException {
    ObjectNode json = RunJson.MAPPER.createObjectNode().put(name, name);

    String text = SafeJson.text(json);

    assertThat(text).doesNotContainPattern("[<>&\u2028\u2029]");
    assertThat(RunJson.MAPPER.readTree(text)).isEqualTo(json);
  }

  @Test
  void textAndAttributesOfHtmlAreEscaped() {
    String html =
        new Html().element("td", "<b>&amp;", "title", "\" onclick='alert(1)' x=\"").toString();

    assertThat(html)
        .isEqualTo(
            "<td title=\"&quot; onclick=&#39;alert(1)&#39; x=&quot;\">&lt;b&gt;&amp;amp;</td>");
  }

  @Test
  void whatTurnsTextAroundOrCannotBeSeenIsShown() {
    assertThat(Html.escaped("a\u202Eb\u0000c\u2067d\u001B[31m\ne")).isEqualTo("a�b�c�d�[31m\ne");
  }
}
