package dev.heaplight.bench.workload;

import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** One operation indexes some documents in memory, all in the calling thread, and searches them. */
final class LuceneSearch implements Workload {
  private static final int DOCUMENTS = 400;
  private static final int WORDS = 60;
  private static final int SEARCHES = 150;
  private static final int HITS = 10;

  private final Analyzer analyzer = new StandardAnalyzer();
  private final String[] texts = new String[DOCUMENTS];

  LuceneSearch() {
    SyntheticText source = new SyntheticText(42);
    for (int i = 0; i < DOCUMENTS; i++) {
      texts[i] = source.text(WORDS);
    }
  }

  @Override
  public long operate(int number) throws IOException {
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      index(directory);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        long sum = 0;
        for (int i = 0; i < SEARCHES; i++) {
          sum += search(searcher, number * SEARCHES + i);
        }
        return sum;
      }
    }
  }

  private void index(ByteBuffersDirectory directory) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig(analyzer)
            .setMergeScheduler(new SerialMergeScheduler())
            .setMaxBufferedDocs(DOCUMENTS / 4);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < DOCUMENTS; i++) {
        Document document = new Document();
        document.add(new StringField("id", Integer.toString(i), Field.Store.YES));
        document.add(new TextField("body", texts[i], Field.Store.YES));
        document.add(new IntPoint("size", texts[i].length()));
        document.add(new NumericDocValuesField("size", texts[i].length()));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static long search(IndexSearcher searcher, int number) throws IOException {
    Sort bySize = new Sort(new SortField("size", SortField.Type.INT));
    ScoreDoc[] hits =
        number % 5 == 0
            ? searcher.search(query(number), HITS, bySize).scoreDocs
            : searcher.search(query(number), HITS).scoreDocs;
    long sum = hits.length;
    for (int i = 0; i < Math.min(3, hits.length); i++) {
      sum += searcher.storedFields().document(hits[i].doc).get("body").length();
    }
    return sum;
  }

  private static Query query(int number) {
    String common = SyntheticText.word(number % 20);
    String rarer = SyntheticText.word(20 + number % 300);
    return switch (number % 4) {
      case 0 -> new TermQuery(new Term("body", rarer));
      case 1 ->
          new BooleanQuery.Builder()
              .add(new TermQuery(new Term("body", common)), BooleanClause.Occur.MUST)
              .add(new TermQuery(new Term("body", rarer)), BooleanClause.Occur.SHOULD)
              .build();
      case 2 -> new PhraseQuery(2, "body", common, SyntheticText.word((number + 1) % 20));
      default -> new PrefixQuery(new Term("body", rarer.substring(0, 2)));
    };
  }
}
