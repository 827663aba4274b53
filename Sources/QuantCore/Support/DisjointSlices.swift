/// One array that several threads fill at once, each its own range.
///
/// The array is cut at fixed boundaries; a worker asks for a slice by its number and receives a
/// `MutableSpan` of that range alone. A slice must be used by one worker at a time, which
/// `ParallelFor` guarantees when the slice number is the iteration.
///
/// ```swift
/// let cells = DisjointSlices(repeating: Float(0), count: 100, ranges: ParallelFor.ranges(of: 100, parts: 4))
/// ParallelFor.run(count: 4, threads: 2) { part in
///   cells.withSlice(part) { slice, range in slice[0] = Float(range.lowerBound) }
/// }
/// let values = cells.take()
/// ```
@safe
package final class DisjointSlices<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // @unchecked: the class shares one buffer between threads. `init` checks that ranges are disjoint
  // and inside the buffer, and a slice is handed to one caller at a time.
  private let memory: Memory
  private let ranges: [Range<Int>]

  /// The buffer, which every way of cutting it keeps alive.
  ///
  /// Large ones go back to the system at once when they are freed.
  @safe
  private final class Memory {
    let buffer: UnsafeMutableBufferPointer<Element>
    /// Pages of the system; `nil` for a small buffer.
    private let pages: UnsafeMutableRawBufferPointer?

    init(repeating value: Element, count: Int) {
      let size = count * MemoryLayout<Element>.stride
      unsafe pages = size >= SystemCalls.largePage ? SystemCalls.pages(byteCount: size) : nil
      let raw = unsafe pages ?? .allocate(byteCount: size, alignment: 64)
      unsafe buffer = raw.bindMemory(to: Element.self)
      // New pages are 0 already, and untouched ones take no memory.
      let isZero = unsafe withUnsafeBytes(of: value) { unsafe $0.allSatisfy { $0 == 0 } }
      if unsafe pages == nil || !isZero { unsafe buffer.initialize(repeating: value) }
    }

    deinit {
      if let pages = unsafe pages {
        unsafe SystemCalls.release(pages: pages)
      } else {
        unsafe UnsafeMutableRawBufferPointer(buffer).deallocate()
      }
    }
  }

  private init(_ memory: Memory, ranges: [Range<Int>]) {
    let count = unsafe memory.buffer.count
    var previous = 0
    for range in ranges {
      precondition(range.lowerBound >= previous && range.upperBound <= count, "ranges overlap")
      previous = range.upperBound
    }
    self.memory = memory
    self.ranges = ranges
  }

  /// Allocates `count` elements and cuts them at `ranges`, which must be ascending and disjoint.
  ///
  /// The first element lies at a multiple of 64 bytes.
  package convenience init(repeating value: Element, count: Int, ranges: [Range<Int>]) {
    self.init(Memory(repeating: value, count: count), ranges: ranges)
  }

  /// The same elements cut at other places.
  ///
  /// Slices of two ways of cutting must not be used at the same time.
  package func recut(at ranges: [Range<Int>]) -> DisjointSlices {
    DisjointSlices(memory, ranges: ranges)
  }

  /// The number of slices.
  package var count: Int { ranges.count }

  /// Calls `body` with slice `index` as a mutable span, and the range that it covers.
  package func withSlice<Result, Failure: Error>(
    _ index: Int, _ body: (inout MutableSpan<Element>, Range<Int>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let range = ranges[index]
    let part = unsafe UnsafeMutableBufferPointer(rebasing: memory.buffer[range])
    var span = unsafe MutableSpan(_unsafeElements: part)
    return try body(&span, range)
  }

  /// The whole content as an array, once all workers are done.
  package func take() -> [Element] {
    unsafe Array(memory.buffer)
  }

  /// The whole content, which no worker may write to while it is looked at.
  package var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeElements: UnsafeBufferPointer(memory.buffer))
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Calls `body` with the whole content, once all workers are done.
  package func withAll<Result, Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(span)
  }
}
