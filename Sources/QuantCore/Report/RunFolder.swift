/// Why a run folder cannot be used for a run.
public enum RunFolderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder has files of something else; `found` says what.
  case occupied(path: String, found: String)
  /// A file could not be read or written.
  case storage(StorageError)

  /// One line: what is wrong, where, and what would be accepted.
  public var description: String {
    switch self {
    case .occupied(let path, let found):
      "\(path): the folder holds \(found); accepted: a new or empty folder, or one of the same run"
    case .storage(let error): error.description
    }
  }
}

/// A folder with the panel, predictions, metrics and logs of one run.
///
/// The files of the panel are hard links to the cache where the file system allows it, so they cost
/// nothing; copies elsewhere. Every file appears whole or not at all, and `run.json` says whether the
/// run is complete. A repeated run writes the same bytes again and appends to `logs/`.
public struct RunFolder: Sendable {
  /// The folder.
  public let path: String
  /// The run.
  public let runID: String

  /// Creates the folder, or takes one that is empty or belongs to the same run.
  ///
  /// - Throws: `RunFolderError.occupied` for a folder with anything else in it; nothing is changed.
  public init(path: String, runID: String) throws(RunFolderError) {
    self.path = path
    self.runID = runID
    let occupant: String?
    do throws(StorageError) {
      occupant = try Self.occupant(of: path, besides: runID)
    } catch {
      throw .storage(error)
    }
    if let occupant { throw .occupied(path: path, found: occupant) }
    do throws(StorageError) {
      for folder in ["predictions", "metrics", "logs"] {
        try FileTree.createDirectories(try FileTree.join(path, folder))
      }
    } catch {
      throw .storage(error)
    }
  }

  /// What a folder holds that is not of the run, or `nil`.
  private static func occupant(
    of path: String, besides runID: String
  ) throws(StorageError) -> String? {
    guard FileTree.exists(path) else { return nil }
    guard FileTree.isDirectory(path) else {
      throw .unwritable(path: path, reason: "it is there and no folder", isNoSpace: false)
    }
    let names = try FileTree.list(recursively: path)
    guard names.contains("run.json") else {
      // Logs alone are those of a run that could not begin.
      // So is what another run is writing at this moment, or what was left by one that died.
      return names.first { !$0.hasPrefix("logs/") && TemporaryName.owner(of: $0) == nil }.map {
        "other files, such as \($0)"
      }
    }
    let found = try RunDocument(path: path + "/run.json").runID
    return found == runID ? nil : "run \(found)"
  }

  /// The run of some tasks under a panel, configuration and code version: 16 hexadecimal digits.
  ///
  /// - Parameters:
  ///   - base: the digest of panel, configuration and code version.
  ///   - tasks: the tasks, in order.
  public static func runID(base: String, tasks: [TrainTask]) -> String {
    JSONValue.digest([base] + tasks.map { directory(of: $0) }, digits: 16)
  }

  /// The place of a task's files inside the folder.
  public static func directory(of task: TrainTask) -> String {
    "predictions/quarter=\(task.period)/horizon=\(task.horizon.months)"
      + "/repeat=\(task.repeatIndex)/config=\(task.configurationID)"
  }

  /// The log of phases and tasks.
  public var timingLog: TimingLog { TimingLog(path: path + "/logs/timing.csv") }

  /// Writes a table to a place inside the folder, without its ending.
  ///
  /// - Returns: the entry for `run.json`.
  /// - Throws: `StorageError.unwritable`.
  public func write(_ table: ResultTable, to place: String) throws(StorageError) -> RunFile {
    try write(table.encoded(), to: "\(place).\(ResultTable.fileExtension)")
  }

  /// Writes bytes to a place inside the folder.
  ///
  /// - Returns: the entry for `run.json`.
  /// - Throws: `StorageError.unwritable`.
  public func write(_ bytes: [UInt8], to place: String) throws(StorageError) -> RunFile {
    let target = try FileTree.join(path, place)
    try FileTree.createDirectories(FileTree.parent(of: target))
    try AtomicFile.write(bytes.span.numberBytes, to: target)
    return RunFile(
      path: place, bytes: bytes.count, sha256: SHA256.hexadecimal(bytes.span.numberBytes))
  }

  /// Puts a file of the panel into the folder: a hard link where possible, else a copy.
  ///
  /// - Throws: `StorageError`; a file of that name is replaced whole.
  public func link(_ source: String, to place: String) throws(StorageError) {
    let target = try FileTree.join(path, place)
    let directory = FileTree.parent(of: target)
    try FileTree.createDirectories(directory)
    if let old = try? SystemCalls.status(target), let new = try? SystemCalls.status(source),
      old.device == new.device, old.inode == new.inode
    {
      return
    }
    let temporary = TemporaryName.next(in: directory)
    do throws(SystemCalls.Failure) {
      try SystemCalls.hardLink(source, to: temporary)
      try SystemCalls.rename(temporary, to: target)
      return
    } catch {
      try? FileTree.removeAll(temporary)
      if error.isMissing { throw .missing(path: source) }
      guard error.isCrossDevice else {
        throw .unwritable(path: target, reason: error.description, isNoSpace: error.isNoSpace)
      }
    }
    var writer = try FileWriter(creating: target)
    try writer.write(try MappedFile(path: source).bytes)
    try writer.finish()
  }
}
