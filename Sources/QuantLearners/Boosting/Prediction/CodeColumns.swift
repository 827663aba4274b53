/// Collects what columns of codes some trees need.
struct CodeColumns {
  /// Columns at most; it bounds the memory of a block of rows.
  static let columnLimit = 4_096

  private struct Draft {
    var thresholds: [Float] = []
    var isLow = false
    var isHigh = false
  }

  private var drafts: [CodeSource.Key: Draft] = [:]
  /// In the order in which trees ask for them.
  private var keys: [CodeSource.Key] = []

  /// Adds what a tree needs, unless that is too much beside what is there already.
  mutating func accepts(_ tree: Tree) -> Bool {
    var changed: [CodeSource.Key: Draft] = [:]
    var added: [CodeSource.Key] = []
    for split in tree.splits {
      let key = CodeSource.Key(split)
      let known = changed[key] ?? drafts[key]
      if known == nil { added.append(key) }
      var draft = known ?? Draft()
      let threshold = split.codedThreshold
      let place = draft.thresholds.firstIndex(notBelow: threshold)
      if place == draft.thresholds.count || draft.thresholds[place] != threshold {
        draft.thresholds.insert(threshold, at: place)
      }
      if split.isMissingLeft { draft.isLow = true } else { draft.isHigh = true }
      if draft.thresholds.count > CodeSource.thresholdLimit { return false }
      changed[key] = draft
    }
    guard keys.isEmpty || 2 * (keys.count + added.count) <= Self.columnLimit else { return false }
    drafts.merge(changed) { $1 }
    keys += added
    return true
  }

  /// The sources in the order of their features, and the number of columns.
  ///
  /// - Parameter firstID: the place of the first one among all sources of a plan.
  func sources(firstID: Int) -> (sources: [CodeSource], columnCount: Int) {
    var count = 0
    func place(_ isNeeded: Bool) -> Int {
      count += isNeeded ? 1 : 0
      return isNeeded ? count - 1 : -1
    }
    let order = keys.indices.sorted { (keys[$0].feature, $0) < (keys[$1].feature, $1) }
    let sources = order.enumerated().map { number, index in
      let draft = drafts[keys[index]] ?? Draft()
      return CodeSource(
        keys[index], id: firstID + number, thresholds: draft.thresholds,
        columns: (place(draft.isLow), place(draft.isHigh)))
    }
    return (sources, count)
  }
}

extension CodeSource.Key {
  /// What a split asks for.
  init(_ split: Tree.Split) {
    switch split.question {
    case .atMost:
      self.init(feature: split.feature, kind: .numbers(isZeroMissing: split.isZeroMissing))
    case .isOneOf(let set):
      self.init(feature: split.feature, kind: .categories(set))
    }
  }
}

extension Tree.Split {
  /// What codes are compared with: for categories, 0 stands for a value in the set and 1 for others.
  fileprivate var codedThreshold: Float {
    if case .atMost(let threshold) = question { threshold } else { 0.5 }
  }
}

/// Finds column and code of a split.
struct CodePlaces {
  private let sources: [CodeSource]
  private let places: [CodeSource.Key: Int]

  init(_ sources: [CodeSource]) {
    self.sources = sources
    places = Dictionary(uniqueKeysWithValues: zip(sources.map(\.key), sources.indices))
  }

  /// The column whose codes a split compares, and the code above which rows go right.
  func code(of split: Tree.Split) -> (column: Int, threshold: Int8) {
    guard let place = places[CodeSource.Key(split)] else {
      preconditionFailure("a split whose column was not collected")
    }
    let source = sources[place]
    let count = source.thresholds.firstIndex(notBelow: split.codedThreshold)
    return (split.isMissingLeft ? source.lowColumn : source.highColumn, CodeSource.code(count))
  }
}

extension [Float] {
  /// The first place of an ascending array whose value is not below a number.
  func firstIndex(notBelow number: Float) -> Int {
    var (lower, upper) = (0, count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if self[middle] < number { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }
}
