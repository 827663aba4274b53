#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Immutable bytes that are shared between threads and freed once: a mapping or an allocation.
///
/// The one place of the package that turns addresses into spans. `MappedFile`, `ArrayFile` and
/// `FeatureMatrix` are safe views of it.
package final class MemoryRegion: Sendable {
  /// Size in bytes.
  package let count: Int
  private let address: UInt
  private let isMapping: Bool

  /// Maps a whole file read-only.
  ///
  /// The file must not shrink while it is mapped; artifacts are replaced by rename and never changed
  /// in place, so theirs do not.
  package init(mapping path: String) throws(SystemCalls.Failure) {
    let descriptor = try SystemCalls.open(reading: path)
    defer { SystemCalls.close(descriptor) }
    let status = try SystemCalls.status(of: descriptor)
    guard status.isRegular else { throw SystemCalls.Failure(code: EISDIR) }
    count = Int(status.size)
    isMapping = true
    guard count > 0 else {
      address = 0
      return
    }
    let mapping = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else {
      throw SystemCalls.Failure(code: errno)
    }
    address = UInt(bitPattern: mapping)
  }

  /// Copies the elements of a span to memory of its own.
  package convenience init<Element: BitwiseCopyable>(copying values: Span<Element>) {
    self.init(copying: values.numberBytes)
  }

  /// Copies bytes to memory of its own, aligned to 64 bytes.
  package init(copying bytes: RawSpan) {
    let size = bytes.byteCount
    count = size
    isMapping = false
    guard size > 0 else {
      address = 0
      return
    }
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
    unsafe bytes.withUnsafeBytes { unsafe memory.copyMemory(from: $0) }
    address = UInt(bitPattern: memory.baseAddress)
  }

  deinit {
    guard let start = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
    if isMapping {
      _ = unsafe munmap(start, count)
    } else {
      unsafe start.deallocate()
    }
  }

  /// All bytes.
  package var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      let start = unsafe UnsafeRawPointer(bitPattern: address)
      let buffer = unsafe UnsafeRawBufferPointer(start: start, count: count)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: buffer), borrowing: self)
    }
  }

  /// A part as elements of a type without padding, little-endian.
  ///
  /// Preconditions: the range lies inside the region and is aligned for the element.
  @_lifetime(borrow self)
  package func elements<Element: BitwiseCopyable>(
    of type: Element.Type, at byteOffset: Int, count elementCount: Int
  ) -> Span<Element> {
    precondition(byteOffset >= 0 && byteOffset <= count && elementCount >= 0)
    precondition(elementCount <= (count - byteOffset) / MemoryLayout<Element>.stride)
    precondition(byteOffset % MemoryLayout<Element>.alignment == 0)
    let start = unsafe UnsafeRawPointer(bitPattern: address + UInt(byteOffset))
    let typed = unsafe UnsafeBufferPointer(
      start: start?.assumingMemoryBound(to: type), count: elementCount)
    return unsafe _overrideLifetime(Span(_unsafeElements: typed), borrowing: self)
  }
}
