package dev.heaplight.engine.sample;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the samples of one site say about how its allocations spread over stacks and classes. Not
 * thread-safe.
 *
 * <p>Calibration: the site's count is exact, the samples only give shares. Each stack is owed its
 * share, by all samples so far, of all the site allocated so far. A slice pays what is owed and not
 * yet paid; where an earlier slice paid a stack too much, nothing is taken back and the others wait
 * for the rest. At the end every stack has its share by all samples, and the sum is the exact count
 * at any time.
 */
final class SiteSamples {
  private final Map<StackAndClass, Account> accounts = new LinkedHashMap<>();
  private double sampledObjects;
  private double sampledBytes;
  private long countedObjects;
  private long countedBytes;
  private final SiteShare share = new SiteShare();
  private final RemovedShare removedObjects = new RemovedShare();
  private final RemovedShare removedBytes = new RemovedShare();

  /** Receives a share of a site's allocations. */
  interface Receiver {
    void share(StackAndClass where, long objects, long bytes);
  }

  private static final class Account {
    private double sampledObjects;
    private double sampledBytes;
    private long paidObjects;
    private long paidBytes;
  }

  /** What the samples' weights stand for by the exact counts. */
  SiteShare share() {
    return share;
  }

  /** Of the site's objects, what was not allocated. */
  RemovedShare removedObjects() {
    return removedObjects;
  }

  /** Of the site's bytes, what was not allocated; only where sizes vary. */
  RemovedShare removedBytes() {
    return removedBytes;
  }

  void add(StackAndClass where, double objects, double bytes) {
    Account account = accounts.computeIfAbsent(where, unused -> new Account());
    account.sampledObjects += objects;
    account.sampledBytes += bytes;
    sampledObjects += objects;
    sampledBytes += bytes;
    calibrate();
  }

  private void calibrate() {
    share.calibrate(
        sampledObjects > 0 ? countedObjects / sampledObjects : 1,
        sampledBytes > 0 ? countedBytes / sampledBytes : 1);
  }

  /** Hands out exactly {@code objects} and {@code bytes}, what was counted since the last call. */
  void spread(long objects, long bytes, Receiver receiver) {
    countedObjects += objects;
    countedBytes += bytes;
    calibrate();
    double owedObjects = 0;
    double owedBytes = 0;
    for (Account account : accounts.values()) {
      owedObjects += owedObjects(account);
      owedBytes += owedBytes(account);
    }
    RunningShare objectShare = new RunningShare(objects, owedObjects);
    RunningShare byteShare = new RunningShare(bytes, owedBytes);
    int left = accounts.size();
    for (Map.Entry<StackAndClass, Account> entry : accounts.entrySet()) {
      Account account = entry.getValue();
      boolean last = --left == 0;
      long nowObjects = objectShare.next(owedObjects(account), last);
      long nowBytes = byteShare.next(owedBytes(account), last);
      account.paidObjects += nowObjects;
      account.paidBytes += nowBytes;
      if (nowObjects > 0 || nowBytes > 0) {
        receiver.share(entry.getKey(), nowObjects, nowBytes);
      }
    }
  }

  private double owedObjects(Account account) {
    return Math.max(
        0, countedObjects * (account.sampledObjects / sampledObjects) - account.paidObjects);
  }

  private double owedBytes(Account account) {
    return Math.max(0, countedBytes * (account.sampledBytes / sampledBytes) - account.paidBytes);
  }

  /** Splits a whole number by weights: rounds the running sum, so that the parts add up. */
  private static final class RunningShare {
    private final long total;
    private final double allWeights;
    private double weights;
    private long given;

    RunningShare(long total, double allWeights) {
      this.total = total;
      this.allWeights = allWeights;
    }

    long next(double weight, boolean last) {
      weights += weight;
      long upTo =
          last || allWeights <= 0
              ? (last ? total : given)
              : Math.min(total, Math.round(total * (weights / allWeights)));
      long part = upTo - given;
      given = upTo;
      return part;
    }
  }
}
