package vended.local;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The access keys that the stand-ins know. They share one, so that issued keys work everywhere. */
public final class Keys {
  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Key> byId = new ConcurrentHashMap<>();

  /** An access key; with a token and an end if it is a session's. */
  public record Key(
      String id,
      String secret,
      Optional<String> token,
      Optional<Instant> expiration,
      Principal principal) {

    /** Never the secrets, which would end in a log. */
    @Override
    public String toString() {
      return "Key[" + id + ", " + principal.arn() + "]";
    }
  }

  /** Makes a long-lived key of a user and remembers it. */
  public Key issue(Principal user) {
    return remember(new Key("AKIA" + id(16), secret(), Optional.empty(), Optional.empty(), user));
  }

  /** Makes a key of a role session, good until {@code expiration}, and remembers it. */
  public Key issue(Principal session, Instant expiration) {
    return remember(
        new Key("ASIA" + id(16), secret(), Optional.of(token()), Optional.of(expiration), session));
  }

  public Optional<Key> find(String accessKeyId) {
    return Optional.ofNullable(byId.get(accessKeyId));
  }

  /** Forgets a key, which then works nowhere. */
  public void forget(String accessKeyId) {
    byId.remove(accessKeyId);
  }

  /** A unique ID as IAM gives one: {@code AIDA…} for a user, {@code AROA…} for a role. */
  public String uniqueId(String prefix) {
    return prefix + id(17);
  }

  private Key remember(Key key) {
    byId.put(key.id(), key);
    return key;
  }

  private String id(int length) {
    StringBuilder id = new StringBuilder(length);
    random.ints(length, 0, ID_ALPHABET.length()).forEach(i -> id.append(ID_ALPHABET.charAt(i)));
    return id.toString();
  }

  /** 30 bytes are 40 characters, as AWS's secrets have; the alphabet too is AWS's. */
  private String secret() {
    return base64(30);
  }

  /** AWS promises no length; today's are several hundred characters, and so code must take them. */
  private String token() {
    return "IQoJb3JpZ2luX2Vj" + base64(480);
  }

  private String base64(int bytes) {
    byte[] raw = new byte[bytes];
    random.nextBytes(raw);
    return Base64.getEncoder().encodeToString(raw);
  }
}
