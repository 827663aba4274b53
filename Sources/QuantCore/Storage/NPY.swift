/// NumPy array files, `.npy`: a header of text and the elements, so that `numpy.load` can map them.
///
/// Source: NumPy enhancement proposal 1, "A simple file format for NumPy arrays".
public enum NPY {
  /// The header of version 1.0, byte for byte as NumPy writes it, padded to a multiple of 64 bytes.
  ///
  /// Lengths must not be negative, and there may be at most 64 of them.
  package static func header(
    type: NPYType, shape: [Int], fortranOrder: Bool = false
  ) -> [UInt8] {
    precondition(shape.count <= 64 && shape.allSatisfy { $0 >= 0 })
    let lengths = shape.map(String.init).joined(separator: ", ")
    let tuple = shape.count == 1 ? "(\(lengths),)" : "(\(lengths))"
    let order = fortranOrder ? "True" : "False"
    var dictionary = Array(
      "{'descr': '\(type.rawValue)', 'fortran_order': \(order), 'shape': \(tuple), }".utf8)
    // NumPy leaves room for the axis that grows when a file is appended to: 21 digits in all.
    let growing = fortranOrder ? shape.last : shape.first
    let digits = growing.map { String($0).utf8.count } ?? 21
    dictionary.append(contentsOf: repeatElement(0x20, count: max(0, 21 - digits)))
    // With the newline at least one byte is added, so an aligned dictionary grows by 64.
    let unaligned = (10 + dictionary.count + 1) % 64
    dictionary.append(contentsOf: repeatElement(0x20, count: 64 - unaligned))
    dictionary.append(0x0A)
    let length = UInt16(dictionary.count)
    return [0x93] + Array("NUMPY".utf8)
      + [1, 0, UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)]
      + dictionary
  }

  /// Writes an array atomically.
  ///
  /// - Parameters:
  ///   - elements: the bytes of all elements, little-endian, in the order of the file.
  ///   - type: the element type.
  ///   - shape: elements along each axis; their product times the element size must be the size of
  ///     `elements`.
  /// - Throws: `StorageError.unwritable`.
  package static func write(
    _ elements: RawSpan, type: NPYType, shape: [Int], fortranOrder: Bool = false, to path: String
  ) throws(StorageError) {
    precondition(shape.reduce(type.byteCount, *) == elements.byteCount, "shape and size differ")
    var writer = try FileWriter(creating: path)
    try writer.write(header(type: type, shape: shape, fortranOrder: fortranOrder).span.numberBytes)
    try writer.write(elements)
    try writer.finish()
  }

  /// Writes a one-dimensional array of numbers atomically.
  ///
  /// - Throws: `StorageError.unwritable`.
  public static func write<Element: NPYElement>(
    _ elements: Span<Element>, to path: String
  ) throws(StorageError) {
    try write(elements.numberBytes, type: Element.npyType, shape: [elements.count], to: path)
  }

  /// Maps an array of numbers without a copy, in the order of the file.
  ///
  /// - Throws: `StorageError`; `.foreign` where the array has another element type.
  /// - Complexity: O(1); elements are read when they are touched.
  public static func open<Element: NPYElement>(
    _ path: String, of element: Element.Type = Element.self
  ) throws(StorageError) -> (header: NPYHeader, elements: ArrayFile<Element>) {
    try open(path, as: Element.npyType)
  }

  /// Maps an array without a copy.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - type: the element type that is expected.
  ///   - element: the Swift type of equal size; for texts `UInt8`, of which there are width times as
  ///     many.
  /// - Throws: `StorageError`; `.foreign` where the array has another type.
  /// - Complexity: O(1); elements are read when they are touched.
  package static func open<Element: BitwiseCopyable & Sendable>(
    _ path: String, as type: NPYType, of element: Element.Type = Element.self
  ) throws(StorageError) -> (header: NPYHeader, elements: ArrayFile<Element>) {
    let file = try MappedFile(path: path)
    let header = try NPYHeader(parsing: file.bytes, path: path)
    try header.require(type, path: path)
    return (header, file.elements(at: header.dataOffset, byteCount: header.dataByteCount))
  }
}

extension NPYHeader {
  /// Refuses any type but one.
  package func require(_ expected: NPYType, path: String) throws(StorageError) {
    guard type == expected else {
      throw .foreign(
        path: path, found: "elements of type '\(type.rawValue)'",
        accepted: "'\(expected.rawValue)'")
    }
  }
}

extension MappedFile {
  /// A part as elements: in place where it is aligned, else a copy.
  package func elements<Element: BitwiseCopyable & Sendable>(
    at offset: Int, byteCount: Int
  ) -> ArrayFile<Element> {
    let count = byteCount / MemoryLayout<Element>.stride
    precondition(count * MemoryLayout<Element>.stride == byteCount, "element of another size")
    if offset % MemoryLayout<Element>.alignment == 0 {
      return ArrayFile(self, byteOffset: offset, count: count)
    }
    return ArrayFile(copying: bytes.extracting(offset..<offset + byteCount), count: count)
  }
}
