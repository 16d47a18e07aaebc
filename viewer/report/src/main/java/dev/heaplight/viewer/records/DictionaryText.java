package dev.heaplight.viewer.records;

import dev.heaplight.format.Dictionary;
import dev.heaplight.format.Frame;
import dev.heaplight.viewer.text.FrameText;
import dev.heaplight.viewer.text.PlainText;

/** What entries refer to by number: in full on their own lines, or as tables before them. */
final class DictionaryText {
  private static final String CALLED_BY = " < ";

  private final Dictionary dictionary;
  private final RecordLine line;
  private final boolean numbers;
  private int strings;
  private int frames;
  private int stacks = 1;
  private int threads;

  DictionaryText(Dictionary dictionary, RecordLine line, boolean numbers) {
    this.dictionary = dictionary;
    this.line = line;
    this.numbers = numbers;
  }

  /** Writes what the tables have gained since the last call, if they are asked for. */
  void gained() {
    if (!numbers) {
      return;
    }
    for (; strings < dictionary.stringCount(); strings++) {
      line.start("string").number("number", strings);
      line.string("text", dictionary.string(strings)).end();
    }
    for (; frames < dictionary.frameCount(); frames++) {
      Frame frame = dictionary.frame(frames);
      line.start("frame").number("number", frames).string("class", frame.className());
      line.string("method", frame.methodName()).string("file", frame.fileName());
      line.number("line", frame.line()).end();
    }
    for (; stacks < dictionary.stackCount(); stacks++) {
      line.start("stack").number("number", stacks).number("parent", dictionary.parent(stacks));
      line.number("frame", dictionary.frameOf(stacks)).end();
    }
    for (; threads < dictionary.threadCount(); threads++) {
      line.start("thread").number("number", threads).number("id", dictionary.thread(threads).id());
      line.string("name", dictionary.thread(threads).name()).end();
    }
  }

  void className(String key, int className) {
    if (numbers) {
      line.number(key, className);
    } else {
      line.string(key, dictionary.string(className));
    }
  }

  void thread(int thread) {
    if (numbers) {
      line.number("thread", thread);
    } else {
      line.string("thread", dictionary.thread(thread).name());
    }
  }

  /** Ends the line with the stack: innermost frame first, each followed by its caller. */
  void stack(int stack) {
    if (numbers) {
      line.number("stack", stack).end();
      return;
    }
    StringBuilder text = new StringBuilder("at ");
    if (stack == Dictionary.EMPTY_STACK) {
      text.append(FrameText.UNKNOWN_STACK);
    }
    for (int at = stack; at != Dictionary.EMPTY_STACK; at = dictionary.parent(at)) {
      text.append(at == stack ? "" : CALLED_BY);
      text.append(FrameText.stackTraceLine(dictionary.frame(dictionary.frameOf(at))));
    }
    line.rest(PlainText.oneLine(text.toString())).end();
  }
}
