package dev.cets.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cets.codec.Samples.Blob;
import dev.cets.codec.Samples.Shape;
import dev.cets.codec.Samples.Tree;
import dev.cets.spi.Codec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused when a codec is made, and when a value is encoded. */
@SuppressWarnings({"rawtypes", "ClassCanBeStatic"})
class CodecRefusalTest {
  record Session(Device device) {}

  record Device(Thread handle) {}

  record Raw(List items) {}

  record Wild(List<? extends Number> items) {}

  record Generic<T>(T item) {}

  record OfGeneric(Generic<String> generic) {}

  record Deep(Map<String, List<Optional<Object>>> map) {}

  record Concrete(ArrayList<String> list) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Ints(int[] ints) {}

  record Any(Serializable any) {}

  sealed interface Mixed {}

  record Good() implements Mixed {}

  static final class Bad implements Mixed {}

  record Colliding(int plumless, int buckeroo) {}

  record BlobSet(Set<Blob> blobs) {}

  record BlobKeys(Map<List<Blob>, String> blobs) {}

  private static void assertValueRefused(Class<?> type, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.value(type))
        .withMessageContaining(message)
        .withMessageContaining("allowed");
  }

  @Test
  void value_typeThatIsNotKnown_refusedWithPath() {
    assertValueRefused(Session.class, "Session.device.handle is java.lang.Thread; records, ");
    assertValueRefused(Raw.class, "Raw.items is java.util.List; ");
    assertValueRefused(Wild.class, "Wild.items[] is ? extends java.lang.Number; ");
    assertValueRefused(Generic.class, "Generic.item is T; ");
    assertValueRefused(OfGeneric.class, "OfGeneric.generic is ");
    assertValueRefused(Deep.class, "Deep.map{value}[][] is java.lang.Object; ");
    assertValueRefused(Concrete.class, "Concrete.list is java.util.ArrayList<java.lang.String>; ");
    assertValueRefused(Ints.class, "Ints.ints is int[]; ");
    assertValueRefused(Any.class, "Any.any is java.io.Serializable; ");
    assertValueRefused(Mixed.class, "Mixed:Bad is ");
    assertValueRefused(Object.class, "Object is java.lang.Object; ");
    assertValueRefused(Enum.class, "Enum is java.lang.Enum; ");
    assertValueRefused(void.class, "void is void; ");
  }

  @Test
  void value_bytesWhereEqualsDecides_refused() {
    assertValueRefused(BlobSet.class, "BlobSet.blobs[].bytes is byte[]; in a set ");
    assertValueRefused(BlobKeys.class, "BlobKeys.blobs{key}[].bytes is byte[]; in a set ");
  }

  @Test
  void value_componentsWithTheSameTag_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.value(Colliding.class))
        .withMessage(
            "Colliding: plumless:integer and buckeroo:integer have the same tag; rename one of them");
  }

  @Test
  void value_recordOfAClosedPackage_refusedWithWhatToAdd() throws Exception {
    Class<?> closed = Class.forName("jdk.internal.foreign.abi.VMStorage");
    assertThat(closed.isRecord()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.value(closed))
        .withMessageContaining("VMStorage is jdk.internal.foreign.abi.VMStorage, which is closed")
        .withMessageContaining("'opens jdk.internal.foreign.abi to dev.cets;'")
        .withMessageContaining("module java.base");
  }

  record OfList(List<String> parts) {}

  record OfOptional(Optional<String> part) {}

  record OfShape(Shape part) {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        byte[].class,
        Blob.class,
        OfList.class,
        OfOptional.class,
        OfShape.class,
        Tree.class
      })
  void key_typeWithParts_refused(Class<?> type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.key(type))
        .withMessageContaining("in a key, only String, ");
  }

  @Test
  void encode_unpairedSurrogate_refusedWithPathAndIndex() {
    Codec<Tree> codec = Codecs.value(Tree.class);
    for (String half : List.of("\ud83d", "\ude00")) {
      for (String text : List.of("ab" + half, "ab" + half + "c", "ab" + half + "\u00e4")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> codec.encode(new Tree("", List.of(new Tree(text, List.of())))))
            .withMessage(
                "Tree.children.name: the string has an unpaired surrogate, U+%04X, at index 2;"
                    + " UTF-8 cannot hold it",
                (int) half.charAt(0));
      }
    }
  }

  @Test
  void encode_valueWithinItself_refused() {
    List<Tree> children = new ArrayList<>();
    Tree tree = new Tree("", children);
    children.add(tree);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.value(Tree.class).encode(tree))
        .withMessageContaining("nested deeper than 100 levels");
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void encode_null_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.value(Tree.class).encode(null))
        .withMessage("Tree: null");
  }

  record Names(Set<@Nullable String> names) {}

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void encode_elementOfAnotherType_refusedWithPath() {
    Codec<Names> codec = Codecs.value(Names.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(new Names((Set) Set.of(1))))
        .withMessageContaining("Names.names: java.lang.ClassCastException");
  }

  @Test
  void encode_nullInASet_refusedWithPath() {
    Set<@Nullable String> names = new HashSet<>();
    names.add(null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.value(Names.class).encode(new Names(names)))
        .withMessageContaining("Names.names: null, in a set");
  }

  record Angry(int number) {
    @Override
    public int number() {
      throw new IllegalStateException("not today");
    }
  }

  @Test
  void encode_throwingAccessor_refusedWithPathAndCause() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.value(Angry.class).encode(new Angry(1)))
        .withMessageContaining("Angry.number: java.lang.IllegalStateException: not today")
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void encode_moreThanAFrameHolds_refusedAndNextOneWorks() {
    Codec<String> codec = Codecs.value(String.class);
    assertThat(codec.encode("x".repeat(Output.MAX_BYTES))).hasSize(Output.MAX_BYTES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode("x".repeat(Output.MAX_BYTES + 1)))
        .withMessage("String: the value has more than 16777216 bytes");
    assertThat(codec.encode("x")).containsExactly('x');
  }
}
