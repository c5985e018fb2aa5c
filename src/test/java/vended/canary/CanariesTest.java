package vended.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanariesTest {
  private static final String SECRET = "wJalrXUt/K7MDENG+bPxRfiCYq1z9Tk3vQ==";

  private final Canaries canaries = new Canaries();

  private boolean found(String text) {
    canaries.plant("a secret", SECRET);
    canaries.plant("another", "0123456789-another-secret-0123456789");
    canaries.search("a place", text);
    return !canaries.hits().isEmpty();
  }

  @Test
  void aTextWithoutASecretIsCounted() {
    assertThat(found("nothing ".repeat(1000))).isFalse();
    assertThat(canaries.places()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5})
  void base64_WhateverIsBeforeIt(int before) {
    String text = "x".repeat(before) + SECRET + "yz";
    assertThat(found(Base64.getEncoder().encodeToString(text.getBytes(UTF_8)))).isTrue();
    assertThat(found(Base64.getUrlEncoder().encodeToString(text.getBytes(UTF_8)))).isTrue();
  }

  @Test
  void encodedForUrlsOrInHexadecimal() {
    assertThat(found("a=" + URLEncoder.encode(SECRET, UTF_8) + "&b")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inHexadecimal(boolean upper) {
    HexFormat hex = upper ? HexFormat.of().withUpperCase() : HexFormat.of();
    assertThat(found("blob " + hex.formatHex(SECRET.getBytes(UTF_8)))).isTrue();
  }

  @Test
  void aPartOfSixteenCharacters_AndNoShorterOne() {
    assertThat(found("(" + SECRET.substring(9, 24) + ")")).isFalse();
    assertThat(found("(" + SECRET.substring(9, 25) + ")")).isTrue();
  }

  @Test
  void whatBelongsThereIsNoHit_TheSameElsewhereIs() {
    Canaries.Allowed answer = new Canaries.Allowed("the answer", "it is the caller's");
    canaries.plant("a secret", SECRET);
    canaries.searchBut(answer, "answer", "{" + SECRET + "}", SECRET);

    assertThat(canaries.hits()).isEmpty();
    assertThat(canaries.allowed()).hasSize(1);
    canaries.search("log", "{" + SECRET + "}");
    assertThat(canaries.hits()).containsExactly("a secret in log");
  }
}
