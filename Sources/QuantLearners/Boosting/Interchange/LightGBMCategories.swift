internal import QuantCore

/// The category sets of one tree of LightGBM's model text.
///
/// `cat_threshold` has the words of all sets one after the other, `cat_boundaries` where each begins and
/// the last ends; the threshold of a split is the number of its set.
struct LightGBMCategories {
  private let boundaries: [Int]
  private let words: [UInt32]
  private var isTaken: [Bool]

  /// Reads the sets, which need not be there where `num_cat` is 0.
  ///
  /// - Throws: `StorageError.foreign` for boundaries that do not ascend from 0.
  init(
    _ lines: LightGBMLines, _ fields: [String: LightGBMField], name: String
  ) throws(StorageError) {
    func foreign(_ found: String) -> StorageError {
      lines.foreign("\(name) with \(found)", accepted: "sets of categories one after the other")
    }
    guard let number = fields["num_cat"] else { throw foreign("no num_cat") }
    let count = try lines.integer(number)
    guard count != 0 else {
      (boundaries, words, isTaken) = ([0], [], [])
      return
    }
    guard let limits = fields["cat_boundaries"], let sets = fields["cat_threshold"] else {
      throw foreign("num_cat \(count) without cat_boundaries or cat_threshold")
    }
    guard count > 0, count <= limits.value.count else { throw foreign("num_cat \(count)") }
    boundaries = try lines.words(limits, count: count + 1, NumberText.integer)
    guard boundaries[0] == 0, zip(boundaries, boundaries.dropFirst()).allSatisfy({ $0 <= $1 }),
      boundaries[count] <= sets.value.count
    else { throw foreign("cat_boundaries that do not ascend from 0 to the size of cat_threshold") }
    words = try lines.words(sets, count: boundaries[count]) {
      NumberText.integer($0).flatMap { UInt32(exactly: $0) }
    }
    isTaken = [Bool](repeating: false, count: count)
  }

  /// The set of a split.
  ///
  /// Each can be taken once, as LightGBM writes them; else a small file could fill the memory.
  mutating func take(_ threshold: Double) throws(TreeDefect) -> CategorySet {
    guard let number = Int(exactly: threshold), isTaken.indices.contains(number) else {
      throw TreeDefect("of category set \(threshold), of which there are \(isTaken.count)")
    }
    guard !isTaken[number] else { throw TreeDefect("of category set \(number), as another has") }
    isTaken[number] = true
    return CategorySet(words: Array(words[boundaries[number]..<boundaries[number + 1]]))
  }

  /// The first set of no split.
  var unused: Int? { isTaken.firstIndex(of: false) }
}
