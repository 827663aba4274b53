/// Writes a run folder while its tasks finish.
///
/// Predictions and a line of `timing.csv` appear with every task; tables that span tasks, the summary
/// and the final `run.json` when the run is over. Until then `run.json` says `isComplete: false`.
public struct RunRecorder {
  /// What a run is made of.
  public struct Run: Sendable {
    /// The run: a hash of inputs, configuration, tasks and code version.
    public var runID: String
    /// The version of the program.
    public var codeVersion: String
    /// The commit of the program.
    public var codeCommit: String
    /// The whole configuration, defaults filled in.
    public var configuration: JSONValue
    /// How tasks are trained.
    public var train: TrainConfiguration
    /// Threads of the learner.
    public var threads: Int

    /// Creates a description of a run.
    public init(
      runID: String, codeVersion: String, codeCommit: String, configuration: JSONValue,
      train: TrainConfiguration, threads: Int
    ) {
      self.runID = runID
      self.codeVersion = codeVersion
      self.codeCommit = codeCommit
      self.configuration = configuration
      self.train = train
      self.threads = threads
    }
  }

  /// The folder.
  public let folder: RunFolder
  private let run: Run
  private let compiled: CompileOutcome
  private var files: [RunFile]
  /// The outcomes so far, in order.
  public private(set) var outcomes: [TaskOutcome] = []
  private var backtestSeconds = 0.0
  /// Keeps a second process out of the folder.
  private let lock: FileLock

  /// Starts a run: links the panel into the folder, and logs the compile.
  ///
  /// - Parameters:
  ///   - run: what the run is made of.
  ///   - path: the folder.
  ///   - compiled: the panel, and whether it came from the cache.
  ///   - memory: around the compile.
  /// - Throws: `RunFolderError` where the folder holds something else or cannot be written, or is in
  ///   use (`StorageError.busy`).
  public init(
    _ run: Run, in path: String, compiled: CompileOutcome, memory: MemoryUse
  ) throws(RunFolderError) {
    folder = try RunFolder(path: path, runID: run.runID)
    self.run = run
    self.compiled = compiled
    let manifest = compiled.panel.manifest
    do throws(StorageError) {
      lock = try Self.lock(folder.path + "/logs/lock")
      files = manifest.files.map { RunFile(path: $0.path, bytes: $0.bytes, sha256: $0.sha256) }
      let names = ["compile_manifest.json", "SHA256SUMS"]
      for name in names {
        let entry = try ManifestFile.digesting(path: name, root: compiled.directory)
        files.append(RunFile(path: name, bytes: entry.bytes, sha256: entry.sha256))
      }
      // First of all, so that a folder with anything in it says what it is.
      try writeDocument(isComplete: false)
      for file in files {
        try folder.link(compiled.directory + "/" + file.path, to: file.path)
      }
      try folder.timingLog.append(
        TimingRow(
          phase: .compile, runID: run.runID, isCacheHit: compiled.isCacheHit,
          features: manifest.featureCount, totalSeconds: compiled.seconds,
          memoryBefore: memory.before?.residentMB, memoryAfter: memory.after?.residentMB,
          notes: "key \(manifest.fingerprint); \(Double(compiled.bytes) / 1e9) GB"))
    } catch {
      throw .storage(error)
    }
  }

  private static func lock(_ path: String) throws(StorageError) -> FileLock {
    do throws(SystemCalls.Failure) {
      if let lock = try FileLock.take(path, wait: false) { return lock }
    } catch {
      throw .writing(path, error)
    }
    throw .busy(path: path, holder: "another run into this folder; accepted: wait for its end")
  }

  /// Writes what one task left.
  ///
  /// - Throws: `StorageError.unwritable`.
  public mutating func record(_ outcome: TaskOutcome) throws(StorageError) {
    outcomes.append(outcome)
    switch outcome {
    case .skipped(let task, let error):
      try folder.timingLog.append(
        TimingRow(
          phase: .trainEval, runID: run.runID, task: task, totalSeconds: 0,
          notes: "skipped: \(error.description)"))
    case .finished(let result):
      let table = RunTables.predictions(
        of: result.ranking, labels: result.y, in: compiled.panel)
      files.append(
        try folder.write(table, to: RunFolder.directory(of: result.task) + "/predictions"))
      backtestSeconds += result.seconds.total
      try folder.timingLog.append(
        TimingRow(
          phase: .trainEval, runID: run.runID, task: result.task,
          trainRows: result.sampling.rows, testRows: result.testRows.count,
          features: result.featureCount, sliceSeconds: result.seconds.slice,
          fitSeconds: result.seconds.prepare + result.seconds.fit,
          predictSeconds: result.seconds.predict, evaluateSeconds: result.seconds.eval,
          totalSeconds: result.seconds.total,
          memoryBefore: result.memory.before?.residentMB,
          memoryAfter: result.memory.after?.residentMB,
          notes: RunTables.notes(of: result)))
    }
  }

  /// Writes the tables that span tasks, the summary, and at last the complete `run.json`.
  ///
  /// - Throws: `StorageError.unwritable`.
  public mutating func finish() throws(StorageError) {
    let results = outcomes.compactMap(\.result)
    let manifest = compiled.panel.manifest
    files.append(try folder.write(RunTables.quarterMetrics(results), to: "metrics/quarter_metrics"))
    files.append(
      try folder.write(
        RunTables.tasks(outcomes, train: run.train, panelFingerprint: manifest.fingerprint),
        to: "metrics/tasks"))
    files.append(try folder.write(RunTables.calibration(results), to: "metrics/calibration"))
    files.append(try folder.write(RunTables.coverage(manifest), to: "metrics/coverage"))
    let counters = Dictionary(
      uniqueKeysWithValues: ProcessCounters.Step.allCases.map {
        ($0, ProcessCounters.count(of: $0))
      })
    _ = try folder.write(
      RunTables.resources(results, threads: run.threads, counters: counters), to: "logs/tasks")
    let summary = RunSummary(
      runID: run.runID, panelFingerprint: manifest.fingerprint, compileSeconds: compiled.seconds,
      isCacheHit: compiled.isCacheHit, panelBytes: compiled.bytes,
      backtestSeconds: backtestSeconds, finishedTasks: results.count,
      skippedTasks: outcomes.count - results.count,
      unmappedDeals: RunTables.unmappedDeals(manifest), counters: counters)
    _ = try folder.write(Array(summary.text.utf8), to: "logs/summary.txt")
    try writeDocument(isComplete: true)
  }

  private func writeDocument(isComplete: Bool) throws(StorageError) {
    let tasks = outcomes.map { outcome in
      switch outcome {
      case .finished(let result):
        RunDocument.Task(task: result.task, status: "finished", reason: nil)
      case .skipped(let task, let error):
        RunDocument.Task(task: task, status: "skipped", reason: error.description)
      }
    }
    let document = RunDocument(
      isComplete: isComplete, runID: run.runID, codeVersion: run.codeVersion,
      codeCommit: run.codeCommit, manifest: compiled.panel.manifest,
      configuration: run.configuration, tasks: tasks, panelBytes: compiled.bytes,
      files: files.sortedByBytes(of: \.path))
    _ = try folder.write(document.bytes(path: folder.path + "/run.json"), to: "run.json")
  }
}
