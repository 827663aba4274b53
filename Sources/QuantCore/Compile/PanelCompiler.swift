/// Phase A: turns sources into an immutable panel, once for each fingerprint.
///
/// A compiler says what its panel depends on and writes its files into a folder; the store, the lock
/// and the cache are the same for all and live in `panel(in:progress:)`.
public protocol PanelCompiler: Sendable {
  /// What decides the content of a panel, besides the inputs.
  associatedtype Configuration: Codable & Hashable & Sendable
  /// The configuration.
  var configuration: Configuration { get }
  /// The inputs with their digests; a store remembers them.
  func inputs(
    rememberedBy store: ArtifactStore?, progress: (CompileProgress) -> Void
  ) throws(CompileError) -> [ManifestInput]
  /// The key of the panel for inputs of given content.
  func fingerprint(of inputs: [ManifestInput]) throws(CompileError) -> Fingerprint
  /// Compiles and writes all files of the panel into an empty folder.
  func compile(
    into directory: String, inputs: [ManifestInput], fingerprint: Fingerprint,
    progress: (CompileProgress) -> Void
  ) throws(CompileError)
}

extension PanelCompiler {
  /// The key of the panel for the inputs as they are now.
  ///
  /// - Throws: `CompileError.storage` where an input cannot be read, `.configuration`.
  public func fingerprint() throws(CompileError) -> Fingerprint {
    try fingerprint(of: try inputs(rememberedBy: nil) { _ in })
  }

  /// The panel from a store, compiled first where the store does not have it.
  ///
  /// Of several processes that ask for one panel at the same time, one compiles and the others wait
  /// and reuse. An entry that turns out damaged is moved aside, compiled again, and reported in the
  /// outcome. A compile that fails leaves nothing behind.
  ///
  /// - Throws: `CompileError`; `.insideTraining` from inside a training task.
  public func panel(
    in store: ArtifactStore, progress: (CompileProgress) -> Void = { _ in }
  ) throws(CompileError) -> CompileOutcome {
    if PhaseGuard.isTraining { throw .insideTraining }
    let clock = ContinuousClock()
    let start = clock.now
    var notices: [String] = []
    func outcome(_ panel: CompiledPanel, _ fingerprint: Fingerprint, isHit: Bool) -> CompileOutcome
    {
      CompileOutcome(
        panel: panel, isCacheHit: isHit, directory: store.directory(of: fingerprint),
        fingerprint: fingerprint, seconds: (clock.now - start) / .seconds(1),
        bytes: panel.manifest.files.reduce(0) { $0 + $1.bytes }, notices: notices)
    }
    let inputs = try inputs(rememberedBy: store, progress: progress)
    let fingerprint = try fingerprint(of: inputs)
    // From here on nobody removes the panel, whether it is there already or not.
    let use = try CompileError.storing { () throws(StorageError) in try store.use(fingerprint) }
    if let panel = try? store.panel(fingerprint, use: use) {
      return outcome(panel, fingerprint, isHit: true)
    }
    return try store.locked(
      fingerprint,
      onWait: {
        progress(CompileProgress(stage: .waiting, detail: "", completed: 0, total: 1))
      }
    ) { () throws(CompileError) in
      do throws(StorageError) {
        if let panel = try store.panel(fingerprint, use: use) {
          return outcome(panel, fingerprint, isHit: true)
        }
      } catch {
        // Where the system refuses memory or descriptors, nothing is known of the panel.
        if error.isWantOfResources { throw .storage(error) }
        let damage = error
        let place = try CompileError.storing { () throws(StorageError) in
          try store.setAside(fingerprint)
        }
        if let place {
          notices.append("a damaged cache entry was moved to \(place) (\(damage))")
        }
      }
      try compile(inputs, fingerprint, in: store, progress: progress)
      let panel = try CompileError.storing { () throws(StorageError) in
        try CompiledPanel(cached: fingerprint, in: store, use: use)
      }
      for name in panel.manifest.allMissingFeatures {
        notices.append("feature \(name) has no value in any row")
      }
      return outcome(panel, fingerprint, isHit: false)
    }
  }

  private func compile(
    _ inputs: [ManifestInput], _ fingerprint: Fingerprint, in store: ArtifactStore,
    progress: (CompileProgress) -> Void
  ) throws(CompileError) {
    ProcessCounters.increment(.compile)
    let staged: StagedDirectory
    do throws(StorageError) {
      staged = try StagedDirectory(beside: store.directory(of: fingerprint))
    } catch {
      throw .storage(error)
    }
    try compile(
      into: staged.path, inputs: inputs, fingerprint: fingerprint, progress: progress)
    // The digests were taken before the tables were read; a file that changed in between would give
    // a panel under the wrong key.
    let after = try self.inputs(rememberedBy: store) { _ in }
    guard after == inputs else {
      throw .storage(
        .unreadable(
          path: zip(after, inputs).first { $0 != $1 }?.0.file ?? "an input",
          reason: "it changed while it was compiled"))
    }
    do throws(StorageError) {
      try staged.publish()
    } catch {
      throw .storage(error)
    }
  }
}
