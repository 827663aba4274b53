/// An immutable one-dimensional array of numbers that lives in memory or in a mapped file.
///
/// The rest of the package does not see the difference; both are shared without a copy.
public struct ArrayFile<Element: BitwiseCopyable & Sendable>: Sendable {
  private let region: MemoryRegion
  private let byteOffset: Int
  /// The number of elements.
  public let count: Int

  /// Copies values to shared memory.
  ///
  /// - Complexity: O(n).
  public init(_ values: [Element]) {
    self.init(copying: values.span)
  }

  /// Copies values to shared memory.
  ///
  /// - Complexity: O(n).
  public init(copying values: Span<Element>) {
    region = MemoryRegion(copying: values)
    byteOffset = 0
    count = values.count
  }

  /// Copies the bytes of numbers, little-endian, to shared memory.
  package init(copying bytes: RawSpan, count: Int) {
    precondition(count >= 0 && bytes.byteCount == count * MemoryLayout<Element>.stride)
    region = MemoryRegion(copying: bytes)
    byteOffset = 0
    self.count = count
  }

  /// Wraps a part of a mapped file, which must hold it and be aligned for the element.
  package init(_ file: MappedFile, byteOffset: Int, count: Int) {
    precondition(byteOffset >= 0 && byteOffset <= file.count && count >= 0)
    precondition(count <= (file.count - byteOffset) / MemoryLayout<Element>.stride)
    precondition(byteOffset % MemoryLayout<Element>.alignment == 0)
    region = file.region
    self.byteOffset = byteOffset
    self.count = count
  }

  /// All elements.
  public var span: Span<Element> {
    @_lifetime(borrow self)
    get { region.elements(of: Element.self, at: byteOffset, count: count) }
  }

  /// One element.
  public subscript(index: Int) -> Element { span[index] }
}
