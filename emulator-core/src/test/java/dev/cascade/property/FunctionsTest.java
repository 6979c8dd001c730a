package dev.cascade.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What people are told of the language is all that there is. */
class FunctionsTest {
  @Test
  void everyFunctionOfTheLanguageIsDescribed() {
    TreeSet<String> named = new TreeSet<>(Language.INSTANCE.names());
    named.removeIf(name -> name.contains("_")); // operators

    assertThat(Functions.ALL)
        .extracting(Functions.Function::name)
        .containsExactlyInAnyOrderElementsOf(named);
    assertThat(Functions.ALL)
        .allMatch(function -> function.signature().contains(function.name() + "("));
  }
}
