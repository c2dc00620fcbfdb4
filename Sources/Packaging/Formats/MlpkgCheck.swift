import Plan
import Scoring
import Tables

/// Holds a package against the model that it is of: what is read back has to be the same, and to answer with the same bits.
enum MlpkgCheck {
  static func check(_ bytes: [UInt8], _ package: PackageFile, on rows: Table) throws(ExportFault) {
    let read: PackageFile
    do throws(PackageError) { read = try MlpkgReader.read(bytes) } catch {
      throw ExportFault(.package(byte: error.offset, error.reason))
    }
    guard read.name == package.name, read.label == package.label, read.algorithm == package.algorithm,
      read.options == package.options, read.steps == package.steps, read.modelInputs == package.modelInputs
    else { throw ExportFault(.unreadable("what it tells of the model is not what was written")) }
    let (given, expected) = (try ModelTrial.scored(read.graph, rows), try ModelTrial.scored(package.graph, rows))
    if let worst = TrialDifference(TrialAnswers(given), TrialAnswers(expected), of: package.graph, tolerance: 0) {
      throw ExportFault(step: step(read.graph, package.graph), worst.fault)
    }
    guard read.graph.guards == package.graph.guards,
      given.flags.elementsEqual(expected.flags, by: { $0.name == $1.name && $0.rows == $1.rows })
    else {
      throw ExportFault(.unreadable("its remarks about rows are not those of the model"))
    }
  }

  /// The words of the first node that is not the same.
  private static func step(_ read: Graph, _ written: Graph) -> String {
    zip(read.nodes, written.nodes).first { $0 != $1 }?.1.step ?? ""
  }
}
