internal import QuantCore

/// The texts of a chunk as codes into a dictionary in order of first appearance.
struct TextBuffer {
  private let path: String
  private let leaf: ParquetFooter.Leaf

  /// Texts, and whole numbers written as decimals, since firms are often numbered; `nil` for others.
  init?(_ leaf: ParquetFooter.Leaf, path: String) {
    switch leaf.column.type {
    case .string, .int32, .int64: break
    case .boolean, .float, .double, .date, .timestamp: return nil
    }
    self.leaf = leaf
    self.path = path
  }

  /// All values of a chunk.
  ///
  /// - Throws: see `ChunkReader.read`.
  func read(
    _ chunk: ParquetFooter.Chunk, of file: RawSpan
  ) throws(StorageError) -> (codes: [Int32], dictionary: ByteDictionary) {
    let reader = ChunkReader(path: path, leaf: leaf, chunk: chunk)
    guard leaf.column.type == .string else {
      guard var numbers = ColumnBuffer<Int64>.integers(leaf) else { return ([], ByteDictionary()) }
      try reader.read(file, into: &numbers)
      return Self.decimals(numbers.values)
    }
    // Codes of the dictionary as it lies in the file, in which a page may list what no row uses.
    let all = TextPool()
    var codes = ColumnBuffer<Int32>(missing: -1) { all.append($0, $1, &$2) }
    codes.reserve(chunk.values)
    try reader.read(file, into: &codes)
    return all.ordered(codes.values)
  }

  private static func decimals(
    _ numbers: [Int64]
  ) -> (codes: [Int32], dictionary: ByteDictionary) {
    var dictionary = ByteDictionary()
    let codes = numbers.map { number -> Int32 in
      guard number != ColumnValues.missingInteger else { return -1 }
      let text = Array(String(number).utf8)
      return dictionary.code(text.span, text.indices) ?? -1
    }
    return (codes, dictionary)
  }
}

/// The distinct texts of a chunk, shared by its dictionary and its plain pages.
private final class TextPool {
  private var texts = ByteDictionary()

  /// Codes byte strings, each after four bytes with its length.
  func append(_ bytes: RawSpan, _ count: Int, _ codes: inout [Int32]) -> Bool {
    guard count <= bytes.byteCount / 4 else { return false }
    let content = [UInt8](copying: bytes)
    var offset = 0
    for _ in 0..<count {
      guard offset + 4 <= bytes.byteCount else { return false }
      let size = Int(bytes.word32(at: offset))
      offset += 4
      guard size <= bytes.byteCount - offset,
        let code = texts.code(content.span, offset..<offset + size)
      else { return false }
      codes.append(code)
      offset += size
    }
    return true
  }

  /// The same codes and texts, numbered anew in order of the first row that has them.
  func ordered(_ codes: [Int32]) -> (codes: [Int32], dictionary: ByteDictionary) {
    var places = [Int32](repeating: -1, count: texts.count)
    var dictionary = ByteDictionary()
    let strings = texts.texts
    let ordered = codes.map { code -> Int32 in
      guard code >= 0 else { return -1 }
      if places[Int(code)] < 0 {
        let text = Array(strings[Int(code)].utf8)
        places[Int(code)] = dictionary.code(text.span, text.indices) ?? -1
      }
      return places[Int(code)]
    }
    return (ordered, dictionary)
  }
}
