package vended.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The planted secrets, and the search for them. */
public final class Canaries {
  /** What each key of STS begins with, and so is no secret. */
  private static final String TOKEN = "IQoJb3JpZ2luX2Vj";

  private final Parts parts = new Parts();
  private final List<String> kinds = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();
  private final List<String> hits = new ArrayList<>();
  private final Map<String, Integer> allowed = new TreeMap<>();
  private long places;
  private long bytes;

  /**
   * A place where secrets belong.
   *
   * @param place as it is printed
   * @param reason why they do
   */
  public record Allowed(String place, String reason) {}

  /**
   * Plants a secret.
   *
   * @param kind what it is, as hits name it
   * @param secret at least 16 characters that are in no other text
   */
  public synchronized void plant(String kind, String secret) {
    String own = secret.startsWith(TOKEN) ? secret.substring(TOKEN.length()) : secret;
    if (own.length() < Parts.LENGTH) {
      throw new IllegalArgumentException("too short to be told from other texts: " + kind);
    }
    if (known.put(secret, kind) == null) {
      Forms.of(own).forEach(form -> parts.add(form, kinds.size()));
      kinds.add(kind);
    }
  }

  /** Searches what came out at a place, where no secret may be. */
  public void search(String place, String text) {
    search(place, text.getBytes(UTF_8));
  }

  /** Searches what came out at a place, where no secret may be. */
  public synchronized void search(String place, byte[] text) {
    places++;
    bytes += text.length;
    OptionalInt found = parts.find(text);
    if (found.isPresent()) {
      hits.add("%s in %s".formatted(kinds.get(found.getAsInt()), place));
    }
  }

  /**
   * Searches what came out at a place to which some secrets belong.
   *
   * @param own these secrets, as they are
   */
  public synchronized void searchBut(Allowed where, String place, String text, String... own) {
    String rest = text;
    for (String secret : own) {
      if (!known.containsKey(secret)) {
        hits.add("a secret that was not planted belongs to " + place);
      }
      if (rest.contains(secret)) {
        allowed.merge(where.place() + ": " + where.reason(), 1, Integer::sum);
      }
      rest = rest.replace(secret, "-");
    }
    search(place, rest);
  }

  /** Each planted secret of a kind. */
  public synchronized String[] all(String kind) {
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().equals(kind))
        .map(Map.Entry::getKey)
        .toArray(String[]::new);
  }

  /** What was found where it may not be. */
  public synchronized List<String> hits() {
    return List.copyOf(hits);
  }

  /** How many secrets were found where they belong, by place and reason. */
  public synchronized Map<String, Integer> allowed() {
    return Map.copyOf(allowed);
  }

  /** How many outputs were searched. */
  public synchronized long places() {
    return places;
  }

  /** One line for each figure. */
  public synchronized String figures(String who) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%1$s: canaries %2$,d%n%1$s: parts of their forms %3$,d%n%1$s: places searched %4$,d%n"
                .formatted(who, kinds.size(), parts.size(), places)
            + "%1$s: bytes searched %2$,d%n".formatted(who, bytes));
    allowed.forEach(
        (where, count) -> text.append("%s: belongs to %s: %,d%n".formatted(who, where, count)));
    return text.append("%s: hits %,d%n".formatted(who, hits.size())).toString();
  }
}
