/// Suggestions for mistyped names.
public enum NearestName {
  /// The candidate that a mistyped name probably means, or `nil` where none is near.
  ///
  /// Near is a restricted Damerau-Levenshtein distance (insert, delete, replace, swap neighbours) of
  /// at most a third of the longer name, at least 1; ties go to the first candidate. Names of more
  /// than 256 bytes are never near.
  ///
  /// - Complexity: O(candidates x length squared).
  public static func suggestion(for name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased().utf8)
    guard wanted.count <= longest else { return nil }
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().utf8)
      let tolerance = max(1, max(wanted.count, other.count) / 3)
      guard other.count <= longest, abs(wanted.count - other.count) <= tolerance else { continue }
      let found = distance(wanted, other)
      if found <= tolerance, found < best?.distance ?? .max { best = (found, candidate) }
    }
    return best?.name
  }

  private static let longest = 256

  /// What is accepted, as text: the near name where there is one, otherwise up to 24 names.
  public static func accepted(for name: String, among candidates: [String]) -> String {
    if let near = suggestion(for: name, among: candidates) { return "'\(near)' (did you mean it?)" }
    if candidates.isEmpty { return "nothing here" }
    let listed = candidates.prefix(24).joined(separator: ", ")
    return candidates.count > 24 ? "\(listed) and \(candidates.count - 24) more" : listed
  }

  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for (row, a) in left.enumerated() {
      var current = [row + 1] + [Int](repeating: 0, count: right.count)
      for (column, b) in right.enumerated() {
        var cost = min(last[column] + (a == b ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, a == right[column - 1], left[row - 1] == b {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current[column + 1] = cost
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
