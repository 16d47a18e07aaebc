package dev.heaplight.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.heaplight.engine.sample.SiteShare;
import dev.heaplight.engine.sample.SiteShares;
import dev.heaplight.engine.sample.StackAndClass;
import dev.heaplight.format.GcPoint;
import dev.heaplight.format.Lifetime;
import dev.heaplight.format.LiveKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScopeLifeTest {
  private static final ThreadLabel THREAD = new ThreadLabel(7, "worker");
  private static final StackAndClass A = new StackAndClass(1, "byte[]");
  private static final StackAndClass B = new StackAndClass(2, "byte[]");

  private final CollectionClock clock = new CollectionClock();
  private final ScopeLife outer = new ScopeLife(null, clock, System.nanoTime());
  private final ScopeLife inner = new ScopeLife(outer, clock, System.nanoTime());
  private final List<Object> alive = new ArrayList<>();
  private final Written written = new Written();

  @Test
  void peakIsTheCollectionAfterWhichMostWasAlive() {
    LiveSample a = add(outer, A, 200);
    collect();
    a.clear();
    add(outer, B, 100);
    collect();
    outer.write(written);
    assertEquals("1:200", written.parts(LiveKind.PEAK));
    assertEquals(1, written.moment(LiveKind.PEAK).collection());
    assertEquals("Some GC", written.moment(LiveKind.PEAK).collector());
    assertEquals(List.of(200L, 100L), written.liveBytes);
  }

  @Test
  void whatIsBornAfterTheCollectionDoesNotCountAtIt() {
    add(outer, A, 200);
    clock.count(clock.collections() + 1);
    add(outer, B, 100);
    new LivePass(List.of(outer), clock.collections(), System.nanoTime()).run("Some GC", 1);
    outer.write(written);
    assertEquals(100, outer.youngBytes(), "that may live as well");
    assertEquals("1:200", written.parts(LiveKind.PEAK));
  }

  @Test
  void innerScopesObjectsLiveInTheOuterOneToo() {
    add(inner, A, 50);
    add(outer, B, 10);
    collect();
    outer.write(written);
    assertEquals("1:50 2:10", written.parts(LiveKind.PEAK));
  }

  @Test
  void whatAnInnerScopeLeavesBecomesTheOuterOnes() {
    add(inner, A, 50);
    Composition survivors = inner.close();
    inner.end();
    assertEquals("1:50", parts(survivors));
    assertEquals("1:50", parts(outer.close()));
  }

  @Test
  void deathBeforeBeingSeenAliveIsTemporaryInBothScopes() {
    add(inner, A, 30).clear();
    LiveSample old = add(inner, B, 20);
    collect();
    old.clear();
    collect();
    Composition unused = inner.close();
    inner.write(written);
    assertEquals("1:30", written.parts(LiveKind.TEMPORARY));
    assertEquals(
        List.of(0, 1), written.lifetimes.stream().map(Lifetime::collectionsSurvived).toList());
    Composition unusedToo = outer.close();
    outer.write(written);
    assertEquals("1:30", written.parts(LiveKind.TEMPORARY));
  }

  @Test
  void withoutACollectionSurvivorsAreAnUpperBoundAndThePeak() {
    add(outer, A, 30);
    Composition survivors = outer.close();
    outer.write(written);
    assertEquals(0, survivors.moment().collection());
    assertEquals("1:30", parts(survivors));
    assertEquals("1:30", written.parts(LiveKind.PEAK));
    assertEquals(0, written.moment(LiveKind.PEAK).collection());
  }

  @Test
  void scopeThatKeptNothingHasNoPeak() {
    collect();
    Composition unused = outer.close();
    outer.write(written);
    assertNull(written.compositions.get(LiveKind.PEAK));
  }

  @Test
  void weightsFollowTheExactCountOfTheirSite() {
    Object object = new Object();
    alive.add(object);
    LiveSample sample = new LiveSample(object, 1, 100, clock.collections(), System.nanoTime());
    sample.resolve(SiteShares.of(2, 3), THREAD, A);
    outer.samples().add(sample);
    assertEquals("1:300", parts(outer.close()));
  }

  @Test
  void deathsAreCalibratedByWhatIsKnownInTheEnd() {
    SiteShare site = SiteShares.of(1, 1);
    LiveSample sample =
        new LiveSample(new Object(), 1, 100, clock.collections(), System.nanoTime());
    sample.resolve(site, THREAD, A);
    outer.samples().add(sample);
    sample.clear();
    collect();
    SiteShares.set(site, 2, 0.5);
    Composition unused = outer.close();
    outer.write(written);
    assertEquals("1:50", written.parts(LiveKind.TEMPORARY));
    assertEquals(50, written.lifetimes.get(0).bytes());
  }

  private void collect() {
    clock.count(clock.collections() + 1);
    new LivePass(List.of(outer, inner), clock.collections(), System.nanoTime()).run("Some GC", 1);
  }

  private LiveSample add(ScopeLife life, StackAndClass where, double bytes) {
    Object object = new Object();
    alive.add(object);
    LiveSample sample = new LiveSample(object, 1, bytes, clock.collections(), System.nanoTime());
    sample.resolve(SiteShares.of(1, 1), THREAD, where);
    life.samples().add(sample);
    return sample;
  }

  private static String parts(Composition composition) {
    List<String> parts = new ArrayList<>();
    composition.forEach(
        (origin, objects, bytes) -> parts.add(origin.where().stack() + ":" + bytes));
    return String.join(" ", parts.stream().sorted().toList());
  }

  private static final class Written implements ScopeLife.Output {
    private final Map<LiveKind, Composition> compositions = new EnumMap<>(LiveKind.class);
    private final List<Long> liveBytes = new ArrayList<>();
    private List<Lifetime> lifetimes = List.of();

    @Override
    public void composition(Composition composition) {
      compositions.put(composition.kind(), composition);
    }

    @Override
    public void collection(GcPoint point) {
      liveBytes.add(point.liveBytes());
    }

    @Override
    public void lifetimes(List<Lifetime> all) {
      lifetimes = all;
    }

    String parts(LiveKind kind) {
      return ScopeLifeTest.parts(present(kind));
    }

    Moment moment(LiveKind kind) {
      return present(kind).moment();
    }

    private Composition present(LiveKind kind) {
      @Nullable Composition found = compositions.get(kind);
      assertNotNull(found, kind::toString);
      return found;
    }
  }
}
