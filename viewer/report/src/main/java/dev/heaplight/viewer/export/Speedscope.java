package dev.heaplight.viewer.export;

import dev.heaplight.format.Frame;
import dev.heaplight.viewer.model.MetricView;
import dev.heaplight.viewer.model.UnitedMetrics;
import dev.heaplight.viewer.text.FrameText;
import dev.heaplight.viewer.text.JsonWriter;
import dev.heaplight.viewer.tree.CallTree;
import dev.heaplight.viewer.tree.TreeOrder;
import java.io.IOException;
import java.util.Arrays;

/**
 * A recording for speedscope: one sampled profile of bytes for each metric, the one asked for in
 * front. Allocated classes are the innermost frames.
 *
 * <p>Source: speedscope.app/file-format-schema.json.
 */
public final class Speedscope {
  private static final int UNSEEN = 0;

  private final NumberedLabels labels;
  private final JsonWriter json;
  private final int[] frameOfLabel;
  private int frames;

  private Speedscope(MetricView view, Appendable out) {
    this.labels = new NumberedLabels(view.model().dictionary());
    this.json = new JsonWriter(out);
    this.frameOfLabel = new int[labels.count()];
  }

  /** Writes all metrics of the recording of {@code view}, in its selection and shape. */
  public static void write(MetricView view, Appendable out) throws IOException {
    new Speedscope(view, out).write(view);
    out.append('\n');
  }

  private void write(MetricView asked) throws IOException {
    json.open('{').name("$schema").value("https://www.speedscope.app/file-format-schema.json");
    json.name("name").value(asked.model().header().name());
    json.name("exporter").value("heaplight");
    json.name("activeProfileIndex").value(0);
    json.name("profiles").open('[');
    profile(asked);
    for (MetricView other : UnitedMetrics.of(asked.model(), asked.selection()).views()) {
      if (other.metric() != asked.metric()) {
        profile(other.shaped(asked.shape()));
      }
    }
    json.close(']');
    frames();
    json.close('}');
  }

  private void profile(MetricView view) throws IOException {
    CallTree tree = CallTree.of(view, labels);
    int[] order = TreeOrder.preorder(tree, TreeOrder.ascending(tree, node -> ~tree.bytes(node)));
    json.open('{').name("type").value("sampled");
    json.name("name").value(view.metric().heading());
    json.name("unit").value("bytes");
    json.name("startValue").value(0).name("endValue").value(tree.bytes(CallTree.ROOT));
    json.name("samples").open('[');
    for (int node : order) {
      if (tree.selfBytes(node) > 0) {
        stack(tree, node);
      }
    }
    json.close(']').name("weights").open('[');
    for (int node : order) {
      if (tree.selfBytes(node) > 0) {
        json.value(tree.selfBytes(node));
      }
    }
    json.close(']').close('}');
  }

  private void stack(CallTree tree, int leaf) throws IOException {
    int[] path = new int[16];
    int depth = 0;
    for (int node = leaf; node != CallTree.ROOT; node = tree.parent(node)) {
      if (depth == path.length) {
        path = Arrays.copyOf(path, depth * 2);
      }
      path[depth++] = tree.label(node);
    }
    json.open('[');
    while (depth > 0) {
      json.value(frame(path[--depth]));
    }
    json.close(']');
  }

  /** Number of the label's frame; frames are numbered as they come, those not used not at all. */
  private int frame(int label) {
    if (frameOfLabel[label] == UNSEEN) {
      frameOfLabel[label] = ++frames;
    }
    return frameOfLabel[label] - 1;
  }

  private void frames() throws IOException {
    int[] labelOfFrame = new int[frames];
    for (int label = 0; label < frameOfLabel.length; label++) {
      if (frameOfLabel[label] != UNSEEN) {
        labelOfFrame[frameOfLabel[label] - 1] = label;
      }
    }
    json.name("shared").open('{').name("frames").open('[');
    for (int label : labelOfFrame) {
      Frame frame = labels.of(label);
      json.open('{').name("name").value(FrameText.method(frame));
      if (!frame.fileName().isEmpty()) {
        json.name("file").value(frame.fileName());
      }
      if (frame.line() > Frame.UNKNOWN_LINE) {
        json.name("line").value(frame.line());
      }
      json.close('}');
    }
    json.close(']').close('}');
  }
}
