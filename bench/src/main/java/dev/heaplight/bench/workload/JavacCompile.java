package dev.heaplight.bench.workload;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One operation compiles a library, commons-cli, from memory to nowhere, without processors. */
final class JavacCompile implements Workload {
  /** System property: the jar of sources. */
  private static final String SOURCES = "heaplight.bench.sources";

  private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-Xlint:none");

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final List<Source> sources;
  private long classBytes;

  JavacCompile() throws IOException {
    sources =
        read(Path.of(System.getProperty(SOURCES, "bench/target/sources/commons-cli-sources.jar")));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static List<Source> read(Path jar) throws IOException {
    List<Source> sources = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (entry.getName().endsWith(".java") && !entry.getName().endsWith("-info.java")) {
          byte[] text = zip.getInputStream(entry).readAllBytes();
          sources.add(new Source(entry.getName(), new String(text, StandardCharsets.UTF_8)));
        }
      }
    }
    return sources;
  }

  @Override
  public long operate(int number) throws IOException {
    long before = classBytes;
    try (StandardJavaFileManager standard =
            compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        JavaFileManager discarding = new Discarding(standard)) {
      if (!compiler.getTask(null, discarding, diagnostic -> {}, OPTIONS, null, sources).call()) {
        throw new UncheckedIOException(new IOException("sources not compiled"));
      }
    }
    return classBytes - before;
  }

  private final class Discarding extends ForwardingJavaFileManager<JavaFileManager> {
    Discarding(JavaFileManager target) {
      super(target);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("string:///" + className + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new CountingStream();
        }
      };
    }
  }

  private final class CountingStream extends OutputStream {
    @Override
    public void write(int b) {
      classBytes++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      classBytes += length;
    }
  }
}
