internal import QuantCore
internal import QuantFormats
internal import QuantLearners

/// What the commands that work on a configuration share: the file, where its inputs lie, the cache.
struct RunInputs {
  /// The configuration file as it was given.
  let path: String
  /// The configuration.
  var configuration: RunConfiguration
  /// The folder that relative inputs start from.
  let baseDirectory: String
  /// The folder of compiled panels.
  let cacheDirectory: String
  /// Threads to use.
  let threads: Int

  /// Reads the configuration that the arguments name.
  init(_ arguments: Arguments) throws {
    path = try arguments.required(.config)
    let bytes = [UInt8](copying: try MappedFile(path: path).bytes)
    do {
      configuration = try RunConfiguration(parsing: bytes, source: path)
    } catch {
      throw RunInputs.failure(error, in: path)
    }
    baseDirectory = arguments.text(.data) ?? FileTree.parent(of: path)
    if let data = arguments.text(.data), !FileTree.isDirectory(data) {
      throw CommandFailure(.missingInput, "--data \(data): no such folder")
    }
    cacheDirectory = try CacheFolder.path(
      option: arguments.text(.cache), environment: SystemCalls.environment)
    threads = arguments.integer(.threads) ?? ParallelFor.availableThreads
  }

  /// The learner of the configuration with its parameters.
  func learner() throws -> ConfiguredLearner {
    do {
      return try LearnerRegistry.standard.configured(configuration.learner)
    } catch {
      throw RunInputs.failure(error, in: path)
    }
  }

  /// The compiler of the configuration.
  var compiler: FirmPanelCompiler {
    FirmPanelCompiler(
      configuration: configuration.compile, baseDirectory: baseDirectory,
      decoders: [GzipDecoder()], formats: [ParquetReader()], threads: threads,
      codeCommit: BuildInformation.commit)
  }

  /// The panel: from the cache, or compiled into it.
  func compile(_ console: Console) throws -> (outcome: CompileOutcome, memory: MemoryUse) {
    let before = MemorySample.now()
    defer { console.endProgress() }
    do {
      let outcome = try compiler.panel(in: ArtifactStore(root: cacheDirectory)) { progress in
        console.progress(
          progress.stage.words, detail: progress.detail, done: progress.completed,
          total: progress.total, unit: progress.stage.unit)
      }
      for notice in outcome.notices { console.warn(notice) }
      return (outcome, MemoryUse(before: before, after: MemorySample.now()))
    } catch let error as CompileError {
      if case .configuration(let inner) = error { throw RunInputs.failure(inner, in: path) }
      throw error
    }
  }

  /// A line on stderr that says where the panel came from.
  static func note(_ outcome: CompileOutcome, _ console: Console) {
    let name = outcome.panel.manifest.name
    let key = outcome.fingerprint.hexadecimal.prefix(12)
    if outcome.isCacheHit {
      console.note(
        "panel '\(name)' \(key): compile cache hit, ready in \(NumberText.seconds(outcome.seconds))"
      )
    } else {
      console.note("panel '\(name)' \(key): compiled in \(NumberText.seconds(outcome.seconds))")
    }
  }

  /// The failure for an error of the configuration, naming the file.
  static func failure(_ error: ConfigurationError, in path: String) -> CommandFailure {
    // An error about the text of the document names the file already.
    CommandFailure(
      .configuration,
      error.parameter.hasPrefix(path) ? error.description : "\(path): \(error)")
  }
}

extension CompileProgress.Stage {
  /// What the stage does, for progress lines.
  var words: String {
    switch self {
    case .hashing: "checking inputs"
    case .waiting: "waiting for another compile"
    case .reading: "reading"
    case .aligning: "aligning"
    case .features: "features"
    case .writing: "writing"
    }
  }

  /// What the parts of the stage are.
  var unit: String {
    switch self {
    case .hashing, .reading: "inputs"
    case .features: "recipes"
    default: "steps"
    }
  }
}
