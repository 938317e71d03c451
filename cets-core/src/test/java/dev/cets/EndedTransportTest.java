package dev.cets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/**
 * Somebody closes a transport under its node, as a container that closes its beans in any order.
 */
class EndedTransportTest {
  record Note(String id) {}

  private final StillTransport transport = new StillTransport();

  @Test
  void insert_transportWasClosedBefore_isNotApplied() {
    CetsNode node = CetsNode.builder("a").transport(transport).start();
    SetTable<String, Note> table =
        node.open(TableSpec.set("notes", String.class, Note.class, Note::id));
    table.insert(new Note("1"));
    transport.close();

    CompletableFuture<Receipt> async = table.insertAsync(new Note("2"));

    assertThat(async).isCompletedExceptionally();
    assertThatThrownBy(async::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NotAppliedException.class);
    assertThatThrownBy(() -> table.insert(new Note("3"))).isInstanceOf(NotAppliedException.class);
    assertThat(table.dump()).containsExactly(new Note("1"));
    node.close();
  }
}
