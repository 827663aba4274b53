/// Numbers of a NumPy file, mapped, whatever their type and order: what learners are given as columns.
///
/// Accepted are `Float`, `Double`, integers of 1 to 8 bytes and truth values, in one or two dimensions;
/// one dimension counts as one column.
public struct NumericArray: Sendable {
  /// The file.
  public let path: String
  /// What its header says.
  public let header: NPYHeader
  /// Elements along the first axis.
  public let rowCount: Int
  /// Elements along the second axis; 1 where there is none.
  public let columnCount: Int
  private let elements: any NumericElements

  /// Maps a file.
  ///
  /// - Throws: `StorageError`; `.foreign` for another type of elements or more than two dimensions.
  /// - Complexity: O(1); elements are read when they are touched.
  public init(path: String) throws(StorageError) {
    let file = try MappedFile(path: path)
    let header = try NPYHeader(parsing: file.bytes, path: path)
    guard header.shape.count == 1 || header.shape.count == 2 else {
      throw .foreign(
        path: path, found: "an array of \(header.shape.count) dimensions, shape \(header.shape)",
        accepted: "one or two")
    }
    guard let elements = Self.elements(of: file, header) else {
      throw .foreign(
        path: path, found: "elements of type '\(header.type.rawValue)'",
        accepted: "numbers: '<f4', '<f8', '|b1', '|i1' to '<i8', '|u1' to '<u8'")
    }
    self.path = path
    self.header = header
    self.elements = elements
    rowCount = header.shape[0]
    columnCount = header.shape.count == 2 ? header.shape[1] : 1
  }

  private static func elements(of file: MappedFile, _ header: NPYHeader) -> (any NumericElements)? {
    func typed<Element: NumericElement>(_ type: Element.Type) -> any NumericElements {
      TypedElements<Element>(
        values: file.elements(at: header.dataOffset, byteCount: header.dataByteCount))
    }
    switch header.type {
    case .float32: return typed(Float.self)
    case .float64: return typed(Double.self)
    case .boolean, .uint8: return typed(UInt8.self)
    case .int8: return typed(Int8.self)
    case .int16: return typed(Int16.self)
    case .int32: return typed(Int32.self)
    case .int64: return typed(Int64.self)
    case .uint16: return typed(UInt16.self)
    case .uint32: return typed(UInt32.self)
    case .uint64: return typed(UInt64.self)
    case .days, .text, .unicode: return nil
    }
  }

  /// Whether the columns can be used where they lie: `Float`, column after column.
  var isInPlace: Bool {
    header.type == .float32 && (header.fortranOrder || columnCount == 1 || rowCount == 1)
  }

  /// The matrix in the file, where `isInPlace`.
  func inPlace() throws(StorageError) -> FeatureMatrix {
    let values: ArrayFile<Float> = try NPY.open(path).elements
    return FeatureMatrix(
      values, rowCount: rowCount, columnCount: columnCount, columnStride: rowCount)
  }

  /// Copies some rows into a tile, column after column; whether one of the values is infinite there.
  func copy(rows: Range<Int>, into tile: inout MutableSpan<Float>) -> Bool {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount)
    precondition(tile.count == rows.count * columnCount)
    let layout =
      header.fortranOrder
      ? TileLayout(rows: rows, columns: columnCount, rowStep: 1, columnStep: rowCount)
      : TileLayout(rows: rows, columns: columnCount, rowStep: columnCount, columnStep: 1)
    return elements.copy(layout, into: &tile)
  }

  /// One element.
  public func value(row: Int, column: Int) -> Double {
    precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
    return elements.double(
      at: header.fortranOrder ? column * rowCount + row : row * columnCount + column)
  }

  /// The elements in order as `Float`, rounded once; infinite where they exceed it.
  public func floats() -> [Float] { elements.floats() }

  /// The elements in order as `Double`, rounded once where they have more than 53 bits.
  public func doubles() -> [Double] { elements.doubles() }

  /// The bits of whole numbers, sign-extended to 64, or `nil` where the type has fractions.
  public func words() -> [UInt64]? { elements.words() }
}

/// Which elements a tile takes, and how far apart they lie.
struct TileLayout {
  var rows: Range<Int>
  var columns: Int
  var rowStep: Int
  var columnStep: Int
}

/// Elements whose type is not known to the caller.
private protocol NumericElements: Sendable {
  func copy(_ layout: TileLayout, into tile: inout MutableSpan<Float>) -> Bool
  func double(at index: Int) -> Double
  func floats() -> [Float]
  func doubles() -> [Double]
  func words() -> [UInt64]?
}

/// A type of numbers that become features.
private protocol NumericElement: BitwiseCopyable, Sendable {
  var float: Float { get }
  var double: Double { get }
  /// The bits of a whole number, or `nil` for a type with fractions.
  var word: UInt64? { get }
}

extension NumericElement where Self: FixedWidthInteger {
  var float: Float { Float(self) }
  var double: Double { Double(self) }
  var word: UInt64? { UInt64(truncatingIfNeeded: self) }
}

extension Float: NumericElement {
  fileprivate var float: Float { self }
  fileprivate var double: Double { Double(self) }
  fileprivate var word: UInt64? { nil }
}
extension Double: NumericElement {
  fileprivate var float: Float { Float(self) }
  fileprivate var double: Double { self }
  fileprivate var word: UInt64? { nil }
}
extension Int8: NumericElement {}
extension Int16: NumericElement {}
extension Int32: NumericElement {}
extension Int64: NumericElement {}
extension UInt8: NumericElement {}
extension UInt16: NumericElement {}
extension UInt32: NumericElement {}
extension UInt64: NumericElement {}

private struct TypedElements<Element: NumericElement>: NumericElements {
  let values: ArrayFile<Element>

  /// Squares of 16 rows and all columns, so that lines of both sides are used whole.
  func copy(_ layout: TileLayout, into tile: inout MutableSpan<Float>) -> Bool {
    let source = values.span
    let height = layout.rows.count
    var isInfinite = false
    var row = 0
    while row < height {
      let end = min(row + 16, height)
      for column in 0..<layout.columns {
        let first = column * layout.columnStep + layout.rows.lowerBound * layout.rowStep
        let target = column * height
        for place in row..<end {
          let value = source[first + place * layout.rowStep].float
          isInfinite = isInfinite || value.isInfinite
          tile[target + place] = value
        }
      }
      row = end
    }
    return isInfinite
  }

  func double(at index: Int) -> Double { values.span[index].double }

  func floats() -> [Float] {
    let source = values.span
    return source.indices.map { source[$0].float }
  }

  func doubles() -> [Double] {
    let source = values.span
    return source.indices.map { source[$0].double }
  }

  func words() -> [UInt64]? {
    let source = values.span
    var words: [UInt64] = []
    words.reserveCapacity(source.count)
    for index in source.indices {
      guard let word = source[index].word else { return nil }
      words.append(word)
    }
    return words
  }
}
