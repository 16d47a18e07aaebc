package dev.heaplight.engine.weave;

import dev.heaplight.engine.AgentLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.invoke.MethodHandles;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes as the JVM loads or retransforms them. A class that cannot be woven stays as it
 * was: its allocations are missing from recordings and show as coverage below 1.
 *
 * <p>Threads: runs in whichever thread loads a class, so it suspends that thread's counting.
 */
public final class ClassWeaver implements ClassFileTransformer {
  /** Header of the array in which the JVM hands over a class file. */
  private static final long ARRAY_HEADER_BYTES = 16;

  private final SiteTable sites;
  private final ScopeMethods scopeMethods;
  private final WeavingMeter meter;
  private final AgentLog log;
  private final @Nullable ClassLoader engineLoader = ClassWeaver.class.getClassLoader();

  /** Whether allocations are woven, or only what tells which thread works for which scope. */
  private volatile Sites level = Sites.ALL;

  /** Names of woven classes, for an agent that may leave; null for one that stays. */
  private volatile @Nullable Set<String> woven;

  /** Which allocation sites are woven. */
  public enum Sites {
    /** None. */
    NONE,
    /** Those of the application and its libraries. */
    APPLICATION,
    /** Those, and the JDK's. */
    ALL
  }

  /** Accounts for what weaving costs the thread it runs in. */
  public interface WeavingMeter {
    /** Before a class is woven; suspends counting. Returns a value for {@link #after}. */
    long before();

    /** After a class was woven, for which the JVM allocated this much before it called. */
    void after(long token, long allocatedByJvm);
  }

  /** Creates a weaver that numbers its sites in {@code sites}. */
  public ClassWeaver(SiteTable sites, ScopeMethods scopeMethods, WeavingMeter meter, AgentLog log) {
    this.sites = sites;
    this.scopeMethods = scopeMethods;
    this.meter = meter;
    this.log = log;
  }

  /** Sets which sites are woven from now on; classes that are loaded stay as they are. */
  public void setSites(Sites sitesToWeave) {
    level = sitesToWeave;
  }

  /** Which sites are woven now. */
  public Sites sites() {
    return level;
  }

  /**
   * Whether a class of this name can have sites at a level, or is woven for another reason.
   *
   * @param className as in source
   */
  public boolean concerns(String className, Sites atLevel) {
    return switch (atLevel) {
      case ALL -> true;
      case APPLICATION -> !JdkPackages.contain(className) || concerns(className, Sites.NONE);
      case NONE ->
          JdkMethodVisitor.concerns(className)
              || OffHeapMethodVisitor.concerns(className)
              || HandOverMethodVisitor.concerns(className)
              || !scopeMethods.of(className.replace('.', '/')).isEmpty();
    };
  }

  /** Notes from now on which classes it weaves; before it is installed. */
  public void noteWoven() {
    woven = ConcurrentHashMap.newKeySet();
  }

  /** Whether a class of this name was woven since {@link #noteWoven}. */
  public boolean hasWoven(String className) {
    Set<String> names = woven;
    return names != null && names.contains(className);
  }

  /** The JDK class through which hidden classes are defined; once woven, they are woven too. */
  public static Class<?> hiddenClassDefiner() {
    for (Class<?> nested : MethodHandles.Lookup.class.getDeclaredClasses()) {
      if (nested.getSimpleName().equals("ClassDefiner")) {
        return nested;
      }
    }
    return MethodHandles.Lookup.class; // a later JDK: its hidden classes stay unwoven
  }

  /** JDK classes in which a pool's thread takes one task after the other inside one call. */
  public static Class<?>[] endlessLoops() {
    try {
      Class<?> timerThread = Class.forName("java.util.TimerThread", false, null);
      return new Class<?>[] {ThreadPoolExecutor.class, timerThread};
    } catch (ClassNotFoundException e) {
      return new Class<?>[] {ThreadPoolExecutor.class}; // a later JDK
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> classBeingRedefined,
      @Nullable ProtectionDomain protectionDomain,
      byte[] classFile) {
    if (className == null
        || loader == engineLoader
        || isOwn(className)
        || !concerns(className.replace('/', '.'), level)) {
      return null;
    }
    return weaveMetered(className, classFile, classFile.length + ARRAY_HEADER_BYTES);
  }

  /** The class file to define for a hidden class: woven, or as it was. */
  public byte[] weaveHidden(byte[] classFile) {
    if (level != Sites.ALL) {
      return classFile;
    }
    String className = new ClassReader(classFile).getClassName();
    byte[] woven = weaveMetered(className, classFile, 0);
    return woven == null ? classFile : woven;
  }

  private byte @Nullable [] weaveMetered(String className, byte[] classFile, long allocatedByJvm) {
    long token = meter.before();
    try {
      return weave(className, classFile);
    } catch (Throwable t) {
      log.report("class not woven, its allocations are not recorded", className, t);
      return null;
    } finally {
      meter.after(token, allocatedByJvm);
    }
  }

  /**
   * Weaves a class to no effect, so that all classes the weaver needs are loaded: loading them for
   * the first time inside {@link #transform} could come back to it in a circle.
   *
   * @throws IOException if this class's own bytes cannot be read
   */
  public void prepare() throws IOException {
    try (InputStream in = ClassWeaver.class.getResourceAsStream("ClassWeaver.class")) {
      if (in != null) {
        weave("dev/heaplight/engine/weave/ClassWeaver", in.readAllBytes());
      }
    }
  }

  /** The woven class, or null if it allocates nothing. */
  byte @Nullable [] weave(String className, byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    ClassSites classSites = new ClassSites(sites, className.replace('/', '.'));
    Set<String> bridged = scopeMethods.of(className).isEmpty() ? Set.of() : BridgedNames.of(reader);
    WeavingClassVisitor visitor =
        new WeavingClassVisitor(
            writer, className, classSites, scopeMethods, bridged, countsIn(className));
    reader.accept(visitor, 0);
    if (!visitor.changed()) {
      return null;
    }
    Set<String> names = woven;
    if (names != null) {
      names.add(className.replace('/', '.'));
    }
    return writer.toByteArray();
  }

  private boolean countsIn(String className) {
    return switch (level) {
      case ALL -> true;
      case APPLICATION -> !JdkPackages.contain(className.replace('/', '.'));
      case NONE -> false;
    };
  }

  private static boolean isOwn(String className) {
    return className.startsWith("dev/heaplight/hook/");
  }
}
