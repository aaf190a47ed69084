package org.oncilla.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.oncilla.tensor.Shape;

class VocabularyTest {
  private static final List<String> TEXTS = List.of("the cat saw the dog", "A dog, a cat, a bird!");

  @Test
  void wordsAreLettersDigitsAndApostrophesWithin() {
    assertThat(Vocabulary.words("Don't stop—1999! 'quoted' it’s well-known, naïve Ünïted\n\tend."))
        .containsExactly(
            "don't", "stop", "1999", "quoted", "it's", "well", "known", "naïve", "ünïted", "end");
    assertThat(Vocabulary.words(" . , !?")).isEmpty();
  }

  @Test
  void frequentWordsComeFirstThenTheAlphabet() {
    Vocabulary vocabulary = Vocabulary.fit(TEXTS, 100);
    // a 3; cat, dog, the 2; bird, saw 1
    assertThat(vocabulary.knownWords()).containsExactly("a", "cat", "dog", "the", "bird", "saw");
    assertThat(vocabulary.size()).isEqualTo(8);
    assertThat(vocabulary.index("dog")).isEqualTo(4);
    assertThat(vocabulary.word(4)).isEqualTo("dog");
    assertThat(vocabulary.index("horse")).isEqualTo(Vocabulary.UNKNOWN);
    assertThat(Vocabulary.fit(TEXTS, 5).knownWords()).containsExactly("a", "cat", "dog");
  }

  @Test
  void textsAreCutOrPadded() {
    Vocabulary vocabulary = Vocabulary.fit(TEXTS, 6);
    assertThat(vocabulary.encode("The horse saw a CAT", 7)).containsExactly(5, 1, 1, 2, 3, 0, 0);
    assertThat(vocabulary.encode("The horse saw a CAT", 2)).containsExactly(5, 1);
    assertThat(vocabulary.encode("", 3)).containsExactly(0, 0, 0);
  }

  @Test
  void aVocabularyCanBeKept() {
    Vocabulary fitted = Vocabulary.fit(TEXTS, 100);
    Vocabulary restored = Vocabulary.of(fitted.knownWords());
    assertThat(restored.encode("a bird saw the cat", 5))
        .containsExactly(fitted.encode("a bird saw the cat", 5));
    assertThat(restored.size()).isEqualTo(fitted.size());
  }

  @Test
  void labelledTextsBecomeIndices() {
    LabelledTexts texts = new LabelledTexts(TEXTS, new int[] {1, 0}, List.of("no", "yes"));
    Vocabulary vocabulary = Vocabulary.fit(texts.texts(), 100);
    ArrayDataset data = texts.encoded(vocabulary, 4);
    assertThat(data.inputShape()).isEqualTo(Shape.of(4));
    assertThat(data.hasIndices()).isTrue();
    assertThat(data.classes()).isEqualTo(2);
    HostBatch batch = new HostBatch(data, 2);
    data.read(0, batch, 0);
    data.read(1, batch, 1);
    assertThat(batch.indices()).containsExactly(5, 3, 7, 5, 2, 4, 2, 3);
    assertThat(batch.labels()).containsExactly(1, 0);
    assertThat(texts.labels()).containsExactly(1, 0);
    assertThat(texts.classNames()).containsExactly("no", "yes");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> Vocabulary.fit(TEXTS, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a size of 2 has no room for words");
    assertThatThrownBy(() -> Vocabulary.fit(List.of("?"), 10))
        .hasMessage("Vocabulary: there is not a word in the texts");
    assertThatThrownBy(() -> Vocabulary.of(List.of("a", "b", "a")))
        .hasMessage("Vocabulary: the word \"a\" is given twice");
    Vocabulary vocabulary = Vocabulary.of(List.of("a"));
    assertThatThrownBy(() -> vocabulary.encode("a", 0))
        .hasMessage("Vocabulary: texts are encoded as at least 1 index, not 0");
    LabelledTexts texts = new LabelledTexts(TEXTS, new int[2], List.of("no"));
    assertThatThrownBy(() -> texts.encoded(vocabulary, -1))
        .hasMessage("Vocabulary: texts are encoded as at least 1 index, not -1");
    assertThatThrownBy(() -> new LabelledTexts(TEXTS, new int[1], List.of("no")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are 2 texts and 1 labels");
    assertThatThrownBy(() -> new LabelledTexts(TEXTS, new int[] {0, 2}, List.of("no", "yes")))
        .hasMessage("LabelledTexts: sample 1 has label 2, but 2 classes allow 0 … 1");
  }
}
