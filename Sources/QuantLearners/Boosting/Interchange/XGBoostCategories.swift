/// The category sets of one tree of XGBoost.
///
/// `categories_nodes` lists the nodes, `categories_segments` and `categories_sizes` where the categories
/// of each begin in `categories` and how many there are.
struct XGBoostCategories {
  /// XGBoost reads no category from here on.
  private static let limit: Int32 = 1 << 24

  private let categories: [Int32]
  private var segments: [Int32: Range<Int>] = [:]
  private let types: [Int32]

  /// - Throws: `TreeDefect` for lists that do not fit each other.
  init(_ integers: [String: [Int32]], nodes: Int) throws(TreeDefect) {
    func list(_ key: String) -> [Int32] { integers[key] ?? [] }
    categories = list("categories")
    types = list("split_type")
    guard types.isEmpty || types.count == nodes else {
      throw TreeDefect("\(types.count) split_type of \(nodes) nodes")
    }
    let (starts, sizes) = (list("categories_segments"), list("categories_sizes"))
    let owners = list("categories_nodes")
    guard owners.count == starts.count, owners.count == sizes.count else {
      throw TreeDefect(
        "categories_nodes, categories_segments and categories_sizes of other lengths")
    }
    var end = 0
    for (index, node) in owners.enumerated() {
      let (start, size) = (Int(starts[index]), Int(sizes[index]))
      // They stand one after the other; else a small file could keep a reader busy for hours.
      guard start == end, size > 0, size <= categories.count - start else {
        throw TreeDefect("categories of node \(node) at \(start), \(size) of \(categories.count)")
      }
      end += size
      guard types.indices.contains(Int(node)), types[Int(node)] == 1,
        segments.updateValue(start..<start + size, forKey: node) == nil
      else { throw TreeDefect("categories of node \(node), which has none, or twice") }
    }
  }

  /// The categories of a node, or `nil` where its split is a number.
  ///
  /// - Throws: `TreeDefect` where they are missing, or need more words than are left.
  mutating func set(of node: Int, wordLimit: inout Int) throws(TreeDefect) -> CategorySet? {
    guard !types.isEmpty, types[node] != 0 else { return nil }
    guard types[node] == 1, let segment = segments[Int32(node)] else {
      throw TreeDefect("node \(node) of split_type \(types[node]) without categories")
    }
    let listed = categories[segment]
    guard let largest = listed.max(), listed.allSatisfy({ (0..<Self.limit).contains($0) }) else {
      throw TreeDefect("node \(node) with a category below 0 or from \(Self.limit) on")
    }
    wordLimit -= Int(largest) / 32 + 1
    guard wordLimit >= 0 else {
      throw TreeDefect(
        "node \(node) with category \(largest), which takes more memory than allowed")
    }
    return CategorySet(listed.lazy.map { Int($0) })
  }
}
