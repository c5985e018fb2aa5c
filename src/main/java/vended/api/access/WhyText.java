package vended.api.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.access.why.Current;
import vended.access.why.Explanation;
import vended.access.why.Recorded;
import vended.access.why.Recorded.Kind;
import vended.access.why.Recorded.State;
import vended.access.why.Remedy;
import vended.allowlist.Grant;
import vended.audit.form.ReasonText;
import vended.text.Columns;

/** The explanation of a decision in sentences. */
final class WhyText {
  private final Explanation explanation;
  private final List<String> lines = new ArrayList<>();

  private WhyText(Explanation explanation) {
    this.explanation = explanation;
  }

  static List<String> lines(Explanation explanation) {
    WhyText text = new WhyText(explanation);
    if (explanation.recorded() != null) {
      text.recorded(explanation.recorded());
    }
    if (explanation.current() != null) {
      text.current(explanation.current());
    }
    explanation.remedies().forEach(text::remedy);
    return text.lines;
  }

  private void recorded(Recorded recorded) {
    if (recorded.kind() == Kind.CHANGE) {
      lines.add("This is a change of the allow-list, and no vend.");
    } else if (recorded.kind() == Kind.PROBE) {
      lines.add("This is a probe, and no vend.");
    }
    lines.add(ended(recorded));
    if (!recorded.readable()) {
      lines.add(
          "A part of the record can't be read: another version of the service wrote it, or somebody"
              + " by hand.");
    }
    List<List<String>> members = new ArrayList<>();
    add(members, "caller", recorded.caller());
    add(members, "unique ID", recorded.callerId());
    add(members, "role", recorded.roleArn() == null ? null : recorded.roleArn().value());
    add(members, "client then", recorded.clientName());
    add(members, "change", recorded.action());
    add(members, "of", recorded.target());
    columns(members);
  }

  private static void add(List<List<String>> members, String name, @Nullable String value) {
    if (value != null) {
      members.add(List.of("  " + name, WhyRows.shortened(value)));
    }
  }

  private void columns(List<List<String>> members) {
    lines.addAll(Arrays.asList(Columns.of(members).split("\n", -1)));
    lines.removeLast();
  }

  private static String ended(Recorded recorded) {
    Instant at = recorded.at();
    String when = at == null ? "at an unknown time" : "at " + WhyRows.TIME.format(at);
    return switch (recorded.state()) {
      case GRANTED -> "Granted %s: the caller received credentials.".formatted(when);
      case DENIED -> "Denied %s%s.".formatted(when, because(recorded));
      case FAILED -> "Failed %s%s.".formatted(when, because(recorded));
      case MADE -> "Made %s.".formatted(when);
      case PASSED -> "It found the role safe %s.".formatted(when);
      case NOT_PASSED -> "It did not find the role safe %s.".formatted(when);
      case RUNNING -> "Began %s, and has not ended yet: ask again in five minutes.".formatted(when);
      case OPEN -> "Began %s, and never ended: the function was cut off.".formatted(when);
      case UNREADABLE -> "Recorded %s, without a word for how it ended.".formatted(when);
    };
  }

  private static String because(Recorded recorded) {
    String reason = recorded.reason();
    if (reason == null) {
      return ", for no reason that can be read";
    }
    String meaning = ReasonText.of(reason);
    return meaning.isEmpty() ? ": " + reason : ": %s (%s)".formatted(lower(meaning), reason);
  }

  /** STS and API Gateway keep their capitals. */
  private static String lower(String sentence) {
    return sentence.length() > 1 && Character.isLowerCase(sentence.charAt(1))
        ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1)
        : sentence;
  }

  private void current(Current current) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("Now: " + decision(current));
    List<List<String>> rows = new ArrayList<>();
    if (explanation.recorded() == null) {
      add(rows, "caller", current.caller().value());
      add(rows, "role", current.role().value());
    }
    Instant at = explanation.recorded() == null ? null : explanation.recorded().at();
    rows.addAll(new WhyRows(current, at).cells());
    columns(rows);
  }

  private String decision(Current current) {
    if (!current.isVended()) {
      List<String> reasons = new ArrayList<>();
      current.obstacles().stream().map(ObstacleText::of).forEach(reasons::add);
      if (current.beyond() != null) {
        reasons.add(lower(ReasonText.of(current.beyond())));
      }
      return "no: " + String.join("; ", reasons) + ".";
    }
    Recorded recorded = explanation.recorded();
    Grant grant = current.grant();
    if (current.callerId() == null) {
      return grant == null || grant.callerId() == null
          ? "yes, whoever has this ARN: the grant is not pinned to a unique ID."
          : "yes, if the caller's unique ID is %s.".formatted(grant.callerId());
    }
    if (recorded != null && recorded.state() == State.FAILED) {
      return "yes, as far as the allow-list says. Whether STS agrees shows only in a vend.";
    }
    return recorded != null && recorded.state() == State.DENIED
        ? "yes. Nothing stands against it any more."
        : "yes.";
  }

  private void remedy(Remedy remedy) {
    lines.add("");
    lines.add(remedy.words());
    if (!remedy.command().isEmpty()) {
      lines.add("  " + remedy.pasted());
    }
  }
}
