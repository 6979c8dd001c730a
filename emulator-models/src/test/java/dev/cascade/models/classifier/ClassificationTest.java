package dev.cascade.models.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a classifier says, whole and in parts. */
class ClassificationTest {
  private static final Classification WHOLE = Classifiers.config(9).initial(entry -> List.of());

  private static final List<String> SERVING = WHOLE.candidates("ingestion");

  /** The part before a word. */
  private static Classification before(String word) {
    String text = WHOLE.text();
    return Classification.parse(text.substring(0, text.indexOf(word))).orElseThrow();
  }

  @Test
  void isReadAsItIsWritten() {
    assertThat(Classification.parse(WHOLE.text())).contains(WHOLE);
    assertThat(WHOLE.text().length()).isBetween(8 * 1024, 40 * 1024);
    assertThat(SERVING).hasSize(9).allMatch(name -> name.startsWith("lb-ingest"));
  }

  @Test
  void aPartWithoutTheServicesHasTheDefaultProfile() {
    Classification part = before("  lb-ingest-1:");

    assertThat(part.profileOf("ingestion")).isEqualTo("core");
    assertThat(part.candidates("ingestion")).hasSize(9).allMatch(n -> n.startsWith("lb-core"));
    assertThat(part.wouldMove("ingestion", SERVING)).isEqualTo(9);
    assertThat(before("services:").wouldMove("ingestion", SERVING)).isEqualTo(9);
  }

  @Test
  void aPartWithoutAnyCandidateMovesNothing() {
    assertThat(before("  lb-core-1:").wouldMove("ingestion", SERVING)).isZero();
  }

  @Test
  void aNodeThatIsCutOffIsNoCandidate() {
    String text = WHOLE.text();
    int inTheMiddle = text.indexOf("state:", text.indexOf("  lb-core-1:"));
    Classification part = Classification.parse(text.substring(0, inTheMiddle)).orElseThrow();

    assertThat(part.nodes()).containsKey("lb-core-1");
    assertThat(part.candidates("ingestion")).isEmpty();
  }

  @Test
  void nothingIsSaidByAnEmptyFile() {
    assertThat(Classification.parse("")).isEmpty();
    assertThat(Classification.parse("revi")).isEmpty();
    assertThat(Classification.parse("revision: 1\ndef")).isEmpty();
    assertThat(Classification.parse("revision: 1\n")).isPresent();
  }

  @Test
  void aChangeCountsTheRevisionUp() {
    Classification changed = WHOLE.changed("cache-3", "4711");

    assertThat(changed.revision()).isEqualTo(WHOLE.revision() + 1);
    assertThat(changed.nodes().get("cache-3").release()).isEqualTo("4711");
    assertThat(changed.nodes().get("cache-4")).isEqualTo(WHOLE.nodes().get("cache-4"));
  }
}
