package org.oncilla.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that a model knows, each with an index, most frequent first. Index 0 stands for nothing
 * (the padding behind a text that is too short), 1 for every word that is not known. Fit it on the
 * training texts alone: what it knows, the model was told. Immutable.
 *
 * <p>A word is a run of letters and digits, with apostrophes within it, in lower case; everything
 * else only separates words: "Don't stop—1999!" has the words don't, stop and 1999.
 */
public final class Vocabulary {
  /** The index of what is behind a text's end. */
  public static final int PADDING = 0;

  /** The index of all words that are not known. */
  public static final int UNKNOWN = 1;

  private static final List<String> RESERVED = List.of("<padding>", "<unknown>");
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{N}]+(?:['\u2019][\\p{L}\\p{N}]+)*");

  private final List<String> words;
  private final Map<String, Integer> indices = new HashMap<>();

  private Vocabulary(List<String> known) {
    List<String> all = new ArrayList<>(RESERVED);
    all.addAll(known);
    this.words = List.copyOf(all);
    for (int i = RESERVED.size(); i < words.size(); i++) {
      if (indices.put(words.get(i), i) != null) {
        throw new IllegalArgumentException(
            "Vocabulary: the word \"" + words.get(i) + "\" is given twice");
      }
    }
  }

  /**
   * The most frequent words of texts; of words that are as frequent, those first in the alphabet.
   *
   * @param texts to train on
   * @param size indices in all, the two reserved ones included; at least 3
   * @throws IllegalArgumentException if the size is too small or no text has a word
   */
  public static Vocabulary fit(Iterable<String> texts, int size) {
    if (size <= RESERVED.size()) {
      throw new IllegalArgumentException(
          "Vocabulary: a size of "
              + size
              + " has no room for words: two indices are reserved; give at least 3");
    }
    Map<String, Integer> counts = new HashMap<>();
    for (String text : texts) {
      for (String word : words(text)) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    if (counts.isEmpty()) {
      throw new IllegalArgumentException("Vocabulary: there is not a word in the texts");
    }
    Comparator<Map.Entry<String, Integer>> frequency = Map.Entry.comparingByValue();
    return new Vocabulary(
        counts.entrySet().stream()
            .sorted(frequency.reversed().thenComparing(Map.Entry.comparingByKey()))
            .limit(size - RESERVED.size())
            .map(Map.Entry::getKey)
            .toList());
  }

  /**
   * The vocabulary of known words, such as those of {@link #knownWords} that were kept with a
   * model.
   *
   * @param known the words from index 2 on
   * @throws IllegalArgumentException if a word is given twice
   */
  public static Vocabulary of(List<String> known) {
    return new Vocabulary(known);
  }

  /** The words of a text, in order. */
  public static List<String> words(String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      found.add(matcher.group().replace('\u2019', '\''));
    }
    return found;
  }

  /** Number of indices, the two reserved ones included: what an embedding must have rows for. */
  public int size() {
    return words.size();
  }

  /** The words from index 2 on. */
  public List<String> knownWords() {
    return words.subList(RESERVED.size(), words.size());
  }

  /** The word of an index. */
  public String word(int index) {
    return words.get(index);
  }

  /** The index of a word in lower case; {@link #UNKNOWN} if it is not known. */
  public int index(String word) {
    return indices.getOrDefault(word, UNKNOWN);
  }

  /**
   * The indices of a text's first words, with {@link #PADDING} behind a shorter text.
   *
   * @param length number of indices, at least 1
   */
  public int[] encode(String text, int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "Vocabulary: texts are encoded as at least 1 index, not " + length);
    }
    int[] encoded = new int[length];
    List<String> found = words(text);
    for (int i = 0; i < Math.min(length, found.size()); i++) {
      encoded[i] = index(found.get(i));
    }
    return encoded;
  }
}
