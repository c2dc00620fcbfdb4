import Caching
import Diagnostics
import Plan

extension FlowWalker {
  /// Whether the files that a stage writes can be written and nothing is lost by it; reports why not.
  func mayWrite(_ planned: PlannedStage, _ sink: inout DiagnosticSink) -> Bool {
    if planned.writes.isEmpty { return true }
    let errors = sink.errorCount
    let paths = environment.readFiles.union(planned.reads.paths).union(environment.usedFiles).union([source.name])
    let read = Set(paths.compactMap(WorkingFolder.place(of:)))
    for file in planned.writes {
      guard let place = place(of: file, &sink) else { continue }
      reportLoss(of: place, by: file, read, &sink)
    }
    return sink.errorCount == errors
  }

  /// Where a file will be; nil after reporting that none can be there.
  private func place(of file: WrittenFile, _ sink: inout DiagnosticSink) -> String? {
    do throws(EngineError) { _ = try WorkingFolder.current.resolve(file.path) } catch {
      sink.report(Diagnostic(error, at: file.range))
      return nil
    }
    let folder = WorkingFolder.folder(of: file.path)
    guard let place = WorkingFolder.place(of: file.path), WorkingFolder.isFolder(folder) else {
      sink.report(.cannotWrite, "cannot write '\(file.path)': there is no folder '\(folder)'", at: file.range)
      return nil
    }
    if WorkingFolder.isFolder(place) {
      sink.report(.cannotWrite, "cannot write '\(file.path)': it is a folder", at: file.range)
      return nil
    }
    return place
  }

  private func reportLoss(
    of place: String, by file: WrittenFile, _ read: Set<String>, _ sink: inout DiagnosticSink
  ) {
    guard case .keeps = file.use else { return }
    if read.contains(place) {
      sink.report(
        .overwritesSource, "'\(file.path)' is read by this script and would be overwritten", at: file.range,
        label: "name another file", help: ["replace: true overwrites it"])
    } else if environment.keepsFiles, FileIdentity(place) != nil, !environment.promisedFiles.contains(place),
      !environment.writtenFiles.hold(place)
    {
      sink.report(
        .fileExists, "'\(file.path)' is there already, and this session did not write it", at: file.range,
        label: "name another file", help: ["replace: true replaces it"])
    }
  }
}

extension Environment {
  /// Takes up which files a stage reads, and adds to, before it is performed.
  mutating func note(_ planned: PlannedStage) {
    readFiles.formUnion(planned.reads.paths)
    for file in planned.writes { if case .adds = file.use { readFiles.insert(file.path) } }
  }
}
