@testable import QuantCore
@testable import QuantFormats

// One program for all targets of `FormatTarget`; QUANT_FUZZ_TARGET says which (see `formats`).

private let target = SystemCalls.environment("QUANT_FUZZ_TARGET").flatMap(FormatTarget.init)
private let folder: String = {
  let path = "/dev/shm/quant-fuzz-\(SystemCalls.processIdentifier)"
  try? FileTree.createDirectories(path)
  return path
}()

/// Called by libFuzzer with bytes that it changes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target else { preconditionFailure("QUANT_FUZZ_TARGET names no target") }
  do {
    try target.consume([UInt8](UnsafeBufferPointer(start: start, count: count)), in: folder)
  } catch {
    preconditionFailure("\(error)")
  }
  return 0
}
