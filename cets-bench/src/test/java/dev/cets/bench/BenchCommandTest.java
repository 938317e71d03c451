package dev.cets.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.bench.report.Document;
import dev.cets.bench.report.Metric;
import dev.cets.bench.report.SampleDocument;
import dev.cets.bench.report.SampleSoak;
import dev.cets.bench.report.SoakGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Main.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        arguments);
  }

  @Test
  void bench_metricThatIsUnknown_wrongUseThatNamesAll() {
    assertThat(run("--metric", "insert_sync_2")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("'insert_sync_2'")
        .contains(Metric.INSERT_SYNC_1.id());
  }

  @Test
  void bench_systemThatIsUnknown_wrongUse() {
    assertThat(run("--system", "redis")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("'redis'").contains("hazelcast");
  }

  @Test
  void soak_optionsThatCannotBe_wrongUseWithWhatIsAllowed() {
    assertThat(run("--soak", "--minutes", "0")).isEqualTo(2);
    assertThat(run("--soak", "--keys", "0")).isEqualTo(2);
    assertThat(run("--soak", "--heap", "256")).isEqualTo(2);
    assertThat(run("--join", "--records", "0")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--minutes is 0.0; it must be above 0", "--keys is 0; it must be 1 at least")
        .contains(
            "the heap is '256'; it must be like 256m or 4g", "--records is 0; it must be 1 to");
  }

  @Test
  void soak_fromARunBefore_drawsItAndExitCodeIsThatOfTheRun() throws IOException {
    Path json = Files.writeString(folder.resolve("soak.json"), SampleSoak.flat().json());
    Path graph = folder.resolve("soak.svg");

    assertThat(run("--soak", "--from", json.toString(), "--graph", graph.toString())).isZero();

    assertThat(Files.readString(graph)).isEqualTo(SoakGraph.svg(SampleSoak.flat()));
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("nothing went wrong");
  }

  @Test
  void bench_fromAFileThatIsNotThere_wrongUse() {
    assertThat(run("--from", folder.resolve("none.json").toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("none.json");
  }

  @Test
  void bench_fromAFileOfSomethingElse_wrongUse() throws IOException {
    Path file = Files.writeString(folder.resolve("run.json"), "no JSON");

    assertThat(run("--from", file.toString())).isEqualTo(2);
    assertThat(run("--soak", "--from", file.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("run.json: not the result of a run", "run.json: not the result of a soak");
  }

  @Test
  void bench_fileThatCannotBeWritten_wrongUseBeforeAnythingRuns() throws IOException {
    Path nowhere = folder.resolve("none/result");
    Path page = Files.writeString(folder.resolve("page.md"), "# A page without marks\n");

    assertThat(run("--soak", "--graph", nowhere.toString())).isEqualTo(2);
    assertThat(run("--markdown", nowhere.toString())).isEqualTo(2);
    assertThat(run("--markdown", folder.toString())).isEqualTo(2);
    assertThat(run("--markdown", page.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--graph " + nowhere + " cannot be written")
        .contains("--markdown " + nowhere + " cannot be written")
        .contains("--markdown " + folder + " cannot be written")
        .contains("--markdown " + page + ": the page has no part to write over");
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("bench: seed");
  }

  @Test
  void bench_fromARunBefore_writesThePageAndTheSameDocument() throws IOException {
    Document document = SampleDocument.whole();
    Path json = Files.writeString(folder.resolve("run.json"), document.json());
    Path page = folder.resolve("page.md");

    assertThat(run("--from", json.toString(), "--markdown", page.toString(), "--json")).isZero();

    assertThat(Document.parse(out.toString(StandardCharsets.UTF_8))).isEqualTo(document);
    assertThat(Files.readString(page)).contains("`insert_sync_1`");
  }

  @Test
  void bench_fromARunThatWasNotWhole_exitCodeSaysSo() throws IOException {
    Path json = Files.writeString(folder.resolve("run.json"), SampleDocument.failed().json());

    assertThat(run("--from", json.toString())).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("has not answered");
  }
}
