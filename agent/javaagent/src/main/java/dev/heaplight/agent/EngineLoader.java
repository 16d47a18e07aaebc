package dev.heaplight.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads the engine from a folder inside the agent jar. Its parent is the platform loader, so the
 * engine and the libraries in it meet nothing of the application, nor the application them.
 *
 * <p>Reading from the open jar needs no temporary file: it works where the file system is read-only
 * and costs no unpacking at start.
 */
final class EngineLoader extends ClassLoader {
  private static final String FOLDER = "engine/";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final File jarPath;

  EngineLoader(JarFile jar, File jarPath) {
    super("heaplight", getPlatformClassLoader());
    this.jar = jar;
    this.jarPath = jarPath;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ZipEntry entry = jar.getEntry(FOLDER + name.replace('.', '/') + ".class");
    if (entry == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** From the open jar: the way by {@link #findResource} opens it again and loads 15 classes. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    ZipEntry entry = jar.getEntry(FOLDER + name);
    if (entry == null) {
      return super.getResourceAsStream(name);
    }
    try {
      return jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (jar.getEntry(FOLDER + name) == null) {
      return null;
    }
    try {
      return new URL("jar:" + jarPath.toURI() + "!/" + FOLDER + name);
    } catch (MalformedURLException e) {
      return null;
    }
  }
}
