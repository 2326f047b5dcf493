package io.github.topologyxds.logging;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are written, and of which only the number. A line must find room in the bucket of its
 * logger and level, in that of its {@link Share}, and in that of the client whose bytes have led to
 * it.
 *
 * <p>DEBUG and TRACE are not limited: whoever switches them on wants all of them.
 *
 * <p>Owner: whoever holds the lock of the appender.
 */
final class LineBudget {
  /** What one connection causes: a few lines tell what is wrong with it. */
  private static final TokenBucket.Rate CLIENT =
      new TokenBucket.Rate(10, TimeUnit.SECONDS.toNanos(6));

  /** How often it is told how many lines of one logger and level are missing. */
  private static final long TELL = TimeUnit.SECONDS.toNanos(10);

  /** Loggers are classes, so there are not many; the rest of them share one bucket. */
  private static final int MAX_SOURCES = 500;

  private static final int MAX_CLIENTS = 1_000;

  private final Map<Source, Account> accounts = new HashMap<>();
  private final Map<Share, TokenBucket> shares = new EnumMap<>(Share.class);
  private final Map<Object, TokenBucket> clients = new LinkedHashMap<>();

  /** Who writes lines, how loud, and at whose expense. */
  record Source(String logger, Level level, Share share) {}

  /** Lines that were not written. */
  record Dropped(Source source, long lines) {}

  private static final class Account {
    private final TokenBucket bucket;
    private long dropped;
    private long toldAt;

    Account(TokenBucket.Rate rate, long nanos) {
      this.bucket = new TokenBucket(rate, nanos);
      this.toldAt = nanos - TELL;
    }
  }

  LineBudget(long nanos) {
    for (Share share : Share.values()) {
      shares.put(share, new TokenBucket(share.all(), nanos));
    }
  }

  /**
   * Returns whether a line is written; if not, it is counted.
   *
   * @param client whose bytes have led to it; null: nobody's
   */
  boolean admits(String logger, Level level, @Nullable Object client, long nanos) {
    if (!level.isGreaterOrEqual(Level.INFO)) {
      return true;
    }
    Share share = client == null ? Share.of(logger, level) : Share.ofClient(logger, level);
    Account account = account(new Source(logger, level, share), nanos);
    List<TokenBucket> buckets = new ArrayList<>(List.of(account.bucket, shares.get(share)));
    if (client != null) {
      buckets.add(client(client, nanos));
    }
    if (!buckets.stream().allMatch(bucket -> bucket.hasToken(nanos))) {
      account.dropped++;
      return false;
    }
    buckets.forEach(TokenBucket::take);
    return true;
  }

  private Account account(Source source, long nanos) {
    Source known =
        accounts.containsKey(source) || accounts.size() < MAX_SOURCES
            ? source
            : new Source("others", source.level(), source.share());
    return accounts.computeIfAbsent(known, s -> new Account(s.share().each(), nanos));
  }

  private TokenBucket client(Object client, long nanos) {
    if (clients.size() >= MAX_CLIENTS && !clients.containsKey(client)) {
      clients.values().removeIf(bucket -> bucket.isFull(nanos));
      if (clients.size() >= MAX_CLIENTS) {
        // A thousand others within a minute: the oldest one is forgotten, its share still holds.
        clients.remove(clients.keySet().iterator().next());
      }
    }
    return clients.computeIfAbsent(client, c -> new TokenBucket(CLIENT, nanos));
  }

  /** Returns of which lines the number is to be told now, and counts them as told. */
  List<Dropped> due(long nanos) {
    List<Dropped> due = new ArrayList<>();
    accounts.forEach((source, account) -> {
      if (account.dropped > 0 && nanos - account.toldAt >= TELL) {
        due.add(new Dropped(source, account.dropped));
        account.dropped = 0;
        account.toldAt = nanos;
      }
    });
    return due;
  }
}
