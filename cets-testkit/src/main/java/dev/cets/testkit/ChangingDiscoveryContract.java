package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What {@link Discovery} asks of a back end that reads something which changes, and may be gone.
 */
public abstract class ChangingDiscoveryContract extends DiscoveryContract {
  private static final int MAX_SENTENCE_CHARS = 300;

  /** For back ends to be made in the tests. */
  protected ChangingDiscoveryContract() {}

  /** As described there; the same back end each time. */
  @Override
  protected abstract Discovery knowing(Set<NodeAddress> nodes) throws Exception;

  /**
   * Makes that what the source knows cannot be read, such as by the deletion of the file; {@link
   * #knowing} ends that.
   */
  protected abstract void breakSource() throws Exception;

  @Test
  void discover_nodesComeAndGo_eachQuestionTellsWhatIsNow() throws Exception {
    Discovery backEnd = knowing(some(0, 2));
    assertTold(backEnd, some(0, 2));

    assertThat(knowing(some(1, 4))).isSameAs(backEnd);
    assertTold(backEnd, some(1, 4));

    knowing(Set.of());
    assertTold(backEnd, Set.of());

    knowing(some(0, 1));
    assertTold(backEnd, some(0, 1));
  }

  @Test
  void discover_nextQuestion_doesNotChangeTheAnswerOfTheLast() throws Exception {
    Discovery backEnd = knowing(some(0, 2));
    Set<NodeAddress> answer = ask(backEnd);
    Set<NodeAddress> asItWas = Set.copyOf(answer);

    knowing(some(2, 4));
    ask(backEnd);

    assertThat(answer).isEqualTo(asItWas);
  }

  @Test
  void discover_sourceCannotBeRead_throwsOneSentenceAndAnswersWhenItCanAgain() throws Exception {
    Discovery backEnd = knowing(some(0, 2));
    assertTold(backEnd, some(0, 2));
    breakSource();

    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ask(backEnd))
          .satisfies(e -> sentences.add(e.getMessage()));
    }
    assertThat(sentences)
        .allSatisfy(
            sentence ->
                assertThat(sentence)
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(MAX_SENTENCE_CHARS)
                    .doesNotContain("\n", "\t"));

    knowing(some(1, 3));
    assertTold(backEnd, some(1, 3));
  }
}
