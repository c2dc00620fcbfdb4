import Kernels
import Plan
import Scoring
import Tables

/// Exports of models that are kept only when what is read back from them answers as the model does.
public enum ModelTrial {
  /// The bytes of a model in a format, after the format's own reader scored a sample with them: rows of training, rows with each input
  /// missing and with texts that no row had. Throws `unsupported` for a step that the format cannot hold, and `export-differs`.
  public static func bytes(
    _ package: PackageFile, of model: Model, as format: any ModelWriting.Type
  ) throws(EngineError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(Unsupported) { bytes = try format.bytes(package) } catch {
      throw EngineError(error, by: .format(format.name))
    }
    // What a row costs grows with the file.
    let count = min(TrialRows.most, (1 << 31) / max(1, bytes.count))
    do throws(ExportFault) {
      try format.check(bytes, package, on: TrialRows(model, count: count).table)
    } catch {
      throw EngineError(.file(.notAsExported(format.name, error)))
    }
    return bytes
  }

  /// What a graph answers.
  static func scored(_ graph: Graph, _ rows: Table) throws(ExportFault) -> Scored {
    let scorer: Scorer
    do throws(GraphError) { scorer = try Scorer(graph: graph) } catch { throw ExportFault(.graph(error)) }
    do throws(Cancelled) { return try scorer.score(rows, Progress()) } catch {
      throw ExportFault(.unreadable("there is not the memory to try it"))
    }
  }
}
