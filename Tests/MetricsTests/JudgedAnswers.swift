import Metrics
import Testing

/// Answers with what scikit-learn 1.9.1 says of them (`Tests/Judges/metrics_judge.py`); nil where a figure is undefined.
struct JudgedAnswers: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let judgement: Judgement
  let expected: [String: Double?]

  static let all: [JudgedAnswers] = [
    JudgedAnswers(
      testDescription: "binary",
      judgement: Judgement(
        trueCodes: [1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0],
        predictedCodes: [1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0],
        probabilities: [
          0.047862, 0.952138, 0.405387, 0.594613, 0.388138, 0.611862, 0.318656, 0.681344, 0.894323, 0.105677, 0.380871,
          0.619129, 0.971134, 0.028866, 0.442261, 0.557739, 0.32104, 0.67896, 0.977469, 0.022531, 0.999325, 0.000675,
          0.807782, 0.192218, 0.245725, 0.754275, 0.818545, 0.181455, 0.464088, 0.535912, 0.82653, 0.17347,
        ], classCount: 2, positive: 1),
      expected: [
        "accuracy": 0.75, "balanced_accuracy": 0.7619047619047619, "cohen_kappa": 0.5076923076923077,
        "precision": 0.6666666666666666, "precision_weighted": 0.7738095238095237, "recall": 0.8571428571428571,
        "recall_weighted": 0.75, "f1": 0.75, "f1_weighted": 0.75, "specificity": 0.6666666666666666,
        "log_loss": 0.5572245800794906, "auc": 0.8730158730158731, "average_precision": 0.9081632653061225,
        "brier_score": 0.16275457982775,
      ]),
    JudgedAnswers(
      testDescription: "binaryWithTies",
      judgement: Judgement(
        trueCodes: [0, 1, 0, 1, 1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1],
        predictedCodes: [1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1],
        probabilities: [
          0.25, 0.75, 0.0, 1.0, 1.0, 0.0, 0.75, 0.25, 0.25, 0.75, 0.5, 0.5, 0.0, 1.0, 0.75, 0.25, 0.5, 0.5, 0.5, 0.5,
          1.0, 0.0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1.0, 0.0, 0.5, 0.5, 0.25, 0.75, 0.25, 0.75,
        ], classCount: 2, positive: 1),
      expected: [
        "accuracy": 0.6111111111111112, "balanced_accuracy": 0.6558441558441558, "cohen_kappa": 0.27586206896551724,
        "precision": 0.8333333333333334, "precision_weighted": 0.7037037037037037, "recall": 0.45454545454545453,
        "recall_weighted": 0.6111111111111112, "f1": 0.5882352941176471, "f1_weighted": 0.6050911592707258,
        "specificity": 0.8571428571428571, "log_loss": 0.48751929310925135, "auc": 0.8051948051948052,
        "average_precision": 0.8254079254079254, "brier_score": 0.1736111111111111,
      ]),
    JudgedAnswers(
      testDescription: "binaryFirstPositive",
      judgement: Judgement(
        trueCodes: [0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1], predictedCodes: [0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1],
        probabilities: [
          0.983432, 0.016568, 0.188974, 0.811026, 0.584363, 0.415637, 0.091966, 0.908034, 0.076111, 0.923889, 0.311071,
          0.688929, 0.521515, 0.478485, 0.498069, 0.501931, 0.277891, 0.722109, 0.228826, 0.771174, 0.502422, 0.497578,
          0.233184, 0.766816,
        ], classCount: 2, positive: 0),
      expected: [
        "accuracy": 0.75, "balanced_accuracy": 0.7222222222222222, "cohen_kappa": 0.4, "precision": 0.5,
        "precision_weighted": 0.78125, "recall": 0.6666666666666666, "recall_weighted": 0.75, "f1": 0.5714285714285714,
        "f1_weighted": 0.7605042016806722, "specificity": 0.7777777777777778, "log_loss": 0.5756573693232022,
        "auc": 0.6296296296296297, "average_precision": 0.5909090909090908, "brier_score": 0.1880119664725,
      ]),
    JudgedAnswers(
      testDescription: "threeClasses",
      judgement: Judgement(
        trueCodes: [1, 2, 2, 1, 2, 1, 1, 1, 1, 1, 2, 0, 1, 1, 1, 2, 2, 0],
        predictedCodes: [1, 2, 2, 2, 2, 0, 1, 2, 2, 1, 0, 1, 0, 1, 1, 0, 2, 2],
        probabilities: [
          0.286034, 0.369127, 0.344839, 0.169257, 0.330233, 0.50051, 0.125403, 0.07239, 0.802207, 0.167949, 0.229725,
          0.602326, 0.1726, 0.078023, 0.749377, 0.540184, 0.155849, 0.303967, 0.255316, 0.587254, 0.15743, 0.341709,
          0.159865, 0.498426, 0.085225, 0.250053, 0.664722, 0.048329, 0.809217, 0.142454, 0.632827, 7e-06, 0.367166,
          0.353066, 0.560181, 0.086753, 0.569546, 0.381105, 0.049349, 0.241545, 0.737862, 0.020593, 0.306659, 0.368639,
          0.324702, 0.509861, 0.042644, 0.447495, 0.022126, 0.250356, 0.727518, 0.312816, 0.160672, 0.526512,
        ], classCount: 3, positive: 1),
      expected: [
        "accuracy": 0.5, "balanced_accuracy": 0.38888888888888884, "cohen_kappa": 0.22115384615384626,
        "precision": 0.4444444444444445, "precision_weighted": 0.6296296296296297, "recall": 0.38888888888888884,
        "recall_weighted": 0.5, "f1": 0.3988095238095238, "f1_weighted": 0.5376984126984127,
        "log_loss": 0.8936045669221241, "auc": 0.7844907407407408, "average_precision": 0.6210406877073543,
        "brier_score": 0.5602031640585555,
      ]),
    JudgedAnswers(
      testDescription: "threeClassesOneAbsent",
      judgement: Judgement(
        trueCodes: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        predictedCodes: [0, 0, 0, 0, 0, 2, 2, 2, 1, 2, 2, 2, 0, 0],
        probabilities: [
          0.553897, 0.140909, 0.305194, 0.711442, 0.027078, 0.26148, 0.468308, 0.136291, 0.395401, 0.694659, 0.046038,
          0.259303, 0.59808, 0.168532, 0.233388, 0.438915, 0.102195, 0.45889, 0.29745, 0.162532, 0.540018, 0.209427,
          0.220045, 0.570528, 0.407016, 0.475032, 0.117952, 0.226053, 0.281009, 0.492938, 0.269044, 0.045436, 0.68552,
          0.276371, 0.10108, 0.622549, 0.517221, 0.072236, 0.410543, 0.472683, 0.370687, 0.15663,
        ], classCount: 3, positive: 1),
      expected: [
        "accuracy": 0.42857142857142855, "balanced_accuracy": 0.23076923076923078, "cohen_kappa": -0.07692307692307687,
        "precision": 0.2857142857142857, "precision_weighted": 0.7959183673469388, "recall": 0.23076923076923078,
        "recall_weighted": 0.42857142857142855, "f1": 0.19999999999999998, "f1_weighted": 0.5571428571428572,
        "log_loss": 1.1306813081490958, "auc": 0.0, "average_precision": 0.44911573469265775,
        "brier_score": 0.6664867892495714,
      ]),
    JudgedAnswers(
      testDescription: "threeClassesWithTies",
      judgement: Judgement(
        trueCodes: [2, 0, 1, 2, 2, 0, 1, 0, 1, 0, 1, 2, 1, 2, 0],
        predictedCodes: [0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1],
        probabilities: [
          0.5, 0.0, 0.5, 0.75, 0.0, 0.25, 0.25, 0.5, 0.25, 0.0, 0.5, 0.5, 0.0, 0.5, 0.5, 0.5, 0.5, 0.0, 0.5, 0.5, 0.0,
          0.5, 0.0, 0.5, 0.5, 0.25, 0.25, 0.5, 0.5, 0.0, 0.5, 0.5, 0.0, 0.25, 0.25, 0.5, 0.5, 0.25, 0.25, 0.5, 0.0, 0.5,
          0.25, 0.5, 0.25,
        ], classCount: 3, positive: 1),
      expected: [
        "accuracy": 0.4, "balanced_accuracy": 0.39999999999999997, "cohen_kappa": 0.09999999999999998,
        "precision": 0.5499999999999999, "precision_weighted": 0.55, "recall": 0.39999999999999997,
        "recall_weighted": 0.4, "f1": 0.36296296296296293, "f1_weighted": 0.362962962962963,
        "log_loss": 0.8047456094647234, "auc": 0.7533333333333334, "average_precision": 0.5856915306915308,
        "brier_score": 0.5333333333333333,
      ]),
    JudgedAnswers(
      testDescription: "neverPositive",
      judgement: Judgement(
        trueCodes: [0, 1, 0, 1], predictedCodes: [0, 0, 0, 0], probabilities: [0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6, 0.4],
        classCount: 2, positive: 1),
      expected: [
        "accuracy": 0.5, "balanced_accuracy": 0.5, "cohen_kappa": 0.0, "precision": nil, "precision_weighted": 0.5,
        "recall": 0.0, "recall_weighted": 0.5, "f1": 0.0, "f1_weighted": 0.3333333333333333, "specificity": 1.0,
        "log_loss": 0.7469410259762035, "auc": 0.75, "average_precision": 0.8333333333333333, "brier_score": 0.275,
      ]),
    JudgedAnswers(
      testDescription: "oneClassOnly",
      judgement: Judgement(
        trueCodes: [0, 0, 0], predictedCodes: [0, 0, 0], probabilities: [0.9, 0.1, 1, 0, 0.7, 0.3], classCount: 2,
        positive: 1),
      expected: [
        "accuracy": 1.0, "balanced_accuracy": nil, "cohen_kappa": nil, "precision": nil, "precision_weighted": 1.0,
        "recall": nil, "recall_weighted": 1.0, "f1": nil, "f1_weighted": 1.0, "specificity": 1.0,
        "log_loss": 0.15401181986551965, "auc": nil, "average_precision": nil, "brier_score": 0.03333333333333333,
      ]),
    JudgedAnswers(
      testDescription: "certainAndWrong",
      judgement: Judgement(
        trueCodes: [0, 1], predictedCodes: [1, 0], probabilities: [0, 1, 1, 0], classCount: 2, positive: 1),
      expected: [
        "accuracy": 0.0, "balanced_accuracy": 0.0, "cohen_kappa": -1.0, "precision": 0.0, "precision_weighted": 0.0,
        "recall": 0.0, "recall_weighted": 0.0, "f1": 0.0, "f1_weighted": 0.0, "specificity": 0.0,
        "log_loss": 36.04365338911715, "auc": 0.0, "average_precision": 0.5, "brier_score": 1.0,
      ]),
    JudgedAnswers(
      testDescription: "regression",
      judgement: Judgement(
        trueValues: [
          11.6478, 16.9672, 13.6058, 11.1087, 10.0818, 2.8663, 14.4159, 6.9821, 12.5124, 11.0002, 11.3605, 14.4634,
          7.5507, 8.0638, 5.7207,
        ],
        predictedValues: [
          10.8935, 20.2991, 12.8792, 13.4799, 11.7338, 4.3249, 16.0219, 4.9535, 13.2593, 14.177, 9.9689, 14.3692,
          6.1724, 8.6978, 3.5636,
        ]),
      expected: [
        "mse": 3.261481624666667, "rmse": 1.8059572599224676, "mae": 1.5672066666666669,
        "median_ae": 1.4586000000000006, "r2": 0.7522837952037116, "explained_variance": 0.7663129621946576,
        "mape": 0.18122687660475723, "max_error": 3.331900000000001,
      ]),
    JudgedAnswers(
      testDescription: "regressionEven",
      judgement: Judgement(trueValues: [1, -2, 0, 4], predictedValues: [1.5, -1, 0.25, 3]),
      expected: [
        "mse": 0.578125, "rmse": 0.7603453162872774, "mae": 0.6875, "median_ae": 0.75, "r2": 0.8766666666666667,
        "explained_variance": 0.8841666666666667, "mape": nil, "max_error": 1.0,
      ]),
    JudgedAnswers(
      testDescription: "constantLabel",
      judgement: Judgement(trueValues: [2, 2, 2], predictedValues: [2, 2, 3]),
      expected: [
        "mse": 0.3333333333333333, "rmse": 0.5773502691896257, "mae": 0.3333333333333333, "median_ae": 0.0, "r2": nil,
        "explained_variance": nil, "mape": 0.16666666666666666, "max_error": 1.0,
      ]),
    JudgedAnswers(
      testDescription: "constantLabelRight",
      judgement: Judgement(trueValues: [2, 2, 2], predictedValues: [2, 2, 2]),
      expected: [
        "mse": 0.0, "rmse": 0.0, "mae": 0.0, "median_ae": 0.0, "r2": nil, "explained_variance": nil, "mape": 0.0,
        "max_error": 0.0,
      ]),
    JudgedAnswers(
      testDescription: "singleRow",
      judgement: Judgement(trueValues: [2], predictedValues: [3]),
      expected: [
        "mse": 1.0, "rmse": 1.0, "mae": 1.0, "median_ae": 1.0, "r2": nil, "explained_variance": nil, "mape": 0.5,
        "max_error": 1.0,
      ]),
  ]
}
