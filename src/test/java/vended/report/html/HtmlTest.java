package vended.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks that the pages themselves never trigger. */
class HtmlTest {
  private static String body(Html html) {
    return html.document().replaceFirst("<!DOCTYPE html>\n", "").strip();
  }

  @Test
  void textsAndValuesOfAttributesAreEscaped() {
    Html html = new Html();
    html.element("p", "<b>&\"'</b>", "aria-label=\" onclick='x'>&");

    assertThat(body(html))
        .isEqualTo(
            "<p aria-label=\"&quot; onclick=&#39;x&#39;&gt;&amp;\">"
                + "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;</p>");
  }

  @ParameterizedTest
  @CsvSource({
    "0, ⟦U+0000⟧",
    "10, ⟦U+000A⟧",
    "133, ⟦U+0085⟧",
    "160, ⟦U+00A0⟧",
    "8203, ⟦U+200B⟧",
    "8238, ⟦U+202E⟧",
    "8232, ⟦U+2028⟧",
    "12644, ⟦U+3164⟧",
    "55357, ⟦U+D83D⟧",
    "57344, ⟦U+E000⟧",
    "917569, ⟦U+E0041⟧",
    "128512, 😀",
    "1513, ש",
    "233, é"
  })
  void whatCannotBeSeenIsShownByItsNumber(int character, String shown) {
    Html html = new Html();
    html.element("p", "a" + Character.toString(character) + "b");

    assertThat(body(html)).isEqualTo("<p>a" + shown + "b</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "img", "iframe", "SCRIPT", "p onclick=x", "use", "a href=x"})
  void otherElementsAreRefused(String element) {
    assertThatThrownBy(() -> new Html().open(element)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onclick", "style", "src", "xlink:href", "x y", "srcdoc"})
  void otherAttributesAreRefused(String attribute) {
    assertThatThrownBy(() -> new Html().open("p", attribute + "=x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "https://example.com/", "//x", "x", "", "#a#b"})
  void noLinkLeadsOut(String link) {
    assertThatThrownBy(() -> new Html().open("a", "href=" + link))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsOpenMustBeClosed() {
    assertThatThrownBy(() -> new Html().open("p").document())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLongTextOfARecordIsCutBetweenCharacters() {
    Html html = new Html();
    html.data("😀".repeat(300));

    assertThat(body(html)).startsWith("<bdi>" + "😀".repeat(80) + "<span").contains("440 more");
  }

  @Test
  void aStyleCannotEndItsElement() {
    assertThatThrownBy(() -> new Style("a { } </style><script>"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commandsInProseAreText() {
    Html html = new Html();
    html.paragraph("Run `vend <start>`.");

    assertThat(body(html)).isEqualTo("<p>Run <code>vend &lt;start&gt;</code>.</p>");
  }

  @Test
  void whatIsIncludedMustBeClosed() {
    Html open = new Html().open("p");

    assertThatThrownBy(() -> new Html().include(open)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::444455556666:role/vended/deploy, deploy, 444455556666 role/vended/",
    "arn:aws:iam::444455556666:role/Deployer, Deployer, 444455556666",
    "arn:aws-cn:iam::444455556666:user/a/b/c, c, aws-cn 444455556666 user/a/b/",
    "arn:aws:iam::444455556666:root, root, 444455556666"
  })
  void anArnIsANameAndItsPlace(String arn, String name, String place) {
    ArnParts parts = ArnParts.of(arn).orElseThrow();

    assertThat(parts.name()).isEqualTo(name);
    assertThat(parts.place()).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "arn:aws:iam::444455556666:role/a b", "arn:aws:iam::4:role/a"})
  void whatIsNoArnIsLeftAsItIs(String text) {
    assertThat(ArnParts.of(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0%",
    "0, 9, 0%",
    "9, 9, 100%",
    "1, 100000, under 0.1%",
    "99999, 100000, over 99.9%",
    "1, 200, 0.5%",
    "1, 3, 33%"
  })
  void aShareIsZeroOrAllOnlyIfItIs(long part, long whole, String share) {
    assertThat(Formats.share(part, whole)).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({"1, 1 client", "2, '2 clients'", "1000, '1,000 clients'"})
  void oneIsSingular(long count, String words) {
    assertThat(Formats.count(count, "client")).isEqualTo(words);
  }

  @Test
  void aCutNameShowsInvisibleCharactersAndBothEnds() {
    assertThat(Formats.cut("a\u202Eb".repeat(20), 21))
        .hasSize(21)
        .startsWith("a⟦U+202E⟧")
        .endsWith("⟧b");
    assertThat(Formats.brief(999)).isEqualTo("999");
    assertThat(Formats.brief(44_400)).isEqualTo("44k");
    assertThat(Formats.brief(999_600)).isEqualTo("1M");
  }
}
