import type { Weights } from './weights.ts'

/**
 * Weights for lists of Chinese names too short to learn from: what was learnt from made-up people of the district. Better ones are
 * learnt from any file of a few hundred rows.
 */
export const usualWeights: Weights = {
  version: 1,
  comparisons: [
    {
      key: 'name',
      same: [0.895, 0.0474, 0.0548, 0.000433, 0.00047, 0.00179],
      household: [0.00146, 0.000385, 0.0609, 0.0000385, 0.508, 0.429],
      strangers: [0.00000208, 0.00000416, 0.00172, 0.000152, 0.0252, 0.973],
    },
    {
      key: 'birthDate',
      same: [0.873, 0.0455, 0.0776, 0.00309, 0.000782],
      household: [0.013, 0.00212, 0.000116, 0.0333, 0.951],
      strangers: [0.000031, 0.00106, 0.000818, 0.0216, 0.976],
    },
    {
      key: 'idNumber',
      same: [0.734, 0.0909, 0.0493, 0.0492, 0.0000415, 0.0176, 0.0528, 0.00543, 0.00121],
      household: [0.0255, 7.48e-9, 7.46e-9, 7.51e-9, 7.46e-9, 7.47e-9, 0.657, 0.144, 0.174],
      strangers: [4.69e-7, 8.53e-9, 0.00000517, 8.53e-9, 0.00000631, 0.00378, 0.0000327, 0.804, 0.192],
    },
    {
      key: 'phone',
      same: [0.747, 0.000361, 0.253],
      household: [0.375, 7.73e-9, 0.625],
      strangers: [0.00000514, 5.16e-7, 1],
    },
    {
      key: 'address',
      same: [0.716, 0.166, 0.000156, 0.0000841, 0.118],
      household: [0.931, 0.046, 6.54e-9, 6.55e-9, 0.0225],
      strangers: [0.000402, 0.106, 0.00158, 0.0871, 0.805],
    },
    { key: 'sex', same: [0.973, 0.0272], household: [0.422, 0.578], strangers: [0.501, 0.499] },
  ],
  same: 0.466,
  household: 1.02,
}
