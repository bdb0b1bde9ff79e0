/**
 * Sends what nodes have to where it is wanted, over arcs with room and a price, at the least cost; exactly, in whole numbers.
 *
 * Primal network simplex: the flow stands on a spanning tree, each pivot brings in an arc along which the whole gets cheaper.
 * The tree is kept strongly feasible (Cunningham 1976), so that pivots that move nothing cannot go round in circles; the
 * arc to bring in is the best of a block (as in LEMON). Of two optima the same problem always gives the same one.
 */

export interface Arc {
  readonly from: number
  readonly to: number
  /** Units that go through at most; a whole number from 0. */
  readonly capacity: number
  /** For each unit; a whole number, also below 0. */
  readonly cost: number
}

export interface FlowProblem {
  /** What a node has (above 0) or wants (below 0), in whole units; its length is the number of nodes. */
  readonly supply: readonly number[]
  readonly arcs: readonly Arc[]
}

export interface Flow {
  /** Units on each arc, in the order given. */
  readonly flow: Int32Array
  /** Sum of units × cost. */
  readonly cost: number
  /** What could not be sent (above 0) or was not brought (below 0), by node. As much is sent as can be, whatever it costs. */
  readonly unsent: Int32Array
  /**
   * What one more unit costs at each node, the same constant added to all: over an arc with room
   * `price[to] <= price[from] + cost`, over one that is used `price[to] >= price[from] + cost`.
   */
  readonly price: Float64Array
}

/** @throws RangeError where a number is no whole number, an arc leads nowhere, or the sums pass what a double counts exactly */
export function minCostFlow({ supply, arcs }: FlowProblem): Flow {
  check(supply, arcs)
  const [n, m] = [supply.length, arcs.length]
  const root = n
  // Each node's way to the root for what it cannot send, and a dearer one without end on which the first tree hangs.
  const [priced, total] = [m + n, m + 2 * n]
  const from = new Int32Array(total)
  const to = new Int32Array(total)
  const room = new Float64Array(total)
  const cost = new Float64Array(total)
  const flow = new Float64Array(total)
  /** 1: empty, -1: full, 0: in the tree. */
  const state = new Int8Array(total)
  let dearest = 0
  arcs.forEach((arc, i) => {
    from[i] = arc.from
    to[i] = arc.to
    room[i] = arc.capacity
    cost[i] = arc.cost
    state[i] = 1
    dearest = Math.max(dearest, Math.abs(arc.cost))
  })
  // Dearer than any way through all nodes: what is not sent stays on these.
  const unsentCost = (dearest + 1) * (n + 1)
  const parent = new Int32Array(n + 1).fill(-1)
  const parentArc = new Int32Array(n + 1).fill(-1)
  const depth = new Int32Array(n + 1)
  const price = new Float64Array(n + 1)
  const children: number[][] = Array.from({ length: n + 1 }, () => [])
  for (let v = 0; v < n; v++) {
    const has = supply[v] as number
    for (const [arc, capacity, dear] of [
      [m + v, Math.abs(has), unsentCost],
      [priced + v, Number.POSITIVE_INFINITY, 2 * unsentCost],
    ] as const) {
      from[arc] = has >= 0 ? v : root
      to[arc] = has >= 0 ? root : v
      room[arc] = capacity
      cost[arc] = dear
    }
    state[m + v] = 1
    flow[priced + v] = Math.abs(has)
    parent[v] = root
    parentArc[v] = priced + v
    depth[v] = 1
    price[v] = has >= 0 ? -2 * unsentCost : 2 * unsentCost
    ;(children[root] as number[]).push(v)
  }

  const block = Math.max(20, Math.ceil(Math.sqrt(priced)))
  let next = 0
  /** The arc that is worst priced among the first block in which one is; -1 where none is. */
  const findEntering = (): number => {
    let [best, worst, left] = [-1, 0, block]
    for (let seen = 0; seen < priced; seen++) {
      const at = next
      next = next + 1 === priced ? 0 : next + 1
      const wrong =
        -(state[at] as number) * ((cost[at] as number) + price[from[at] as number]! - price[to[at] as number]!)
      if (wrong > worst) [best, worst] = [at, wrong]
      if (--left === 0) {
        if (best >= 0) return best
        left = block
      }
    }
    return best
  }

  const meeting = (a: number, b: number): number => {
    let [u, v] = [a, b]
    while (u !== v) {
      if (depth[u]! >= depth[v]!) u = parent[u]!
      else v = parent[v]!
    }
    return u
  }

  const pivot = (entering: number): void => {
    const forward = state[entering] === 1
    const first = forward ? from[entering]! : to[entering]!
    const second = forward ? to[entering]! : from[entering]!
    const apex = meeting(first, second)
    // Units go apex → first → second → apex. Of arcs that are full at once the last on that way leaves.
    let [step, leaving, side] = [room[entering]!, -1, 0]
    for (let v = first; v !== apex; v = parent[v]!) {
      const arc = parentArc[v]!
      const left = to[arc] === v ? room[arc]! - flow[arc]! : flow[arc]!
      if (left < step) [step, leaving, side] = [left, v, 1]
    }
    for (let v = second; v !== apex; v = parent[v]!) {
      const arc = parentArc[v]!
      const left = from[arc] === v ? room[arc]! - flow[arc]! : flow[arc]!
      if (left <= step) [step, leaving, side] = [left, v, 2]
    }
    if (step > 0) {
      flow[entering]! += forward ? step : -step
      for (let v = first; v !== apex; v = parent[v]!) flow[parentArc[v]!]! += to[parentArc[v]!] === v ? step : -step
      for (let v = second; v !== apex; v = parent[v]!) flow[parentArc[v]!]! += from[parentArc[v]!] === v ? step : -step
    }
    if (side === 0) {
      state[entering] = -state[entering]! as 1 | -1
      return
    }
    const gone = parentArc[leaving]!
    state[gone] = flow[gone] === 0 ? 1 : -1
    state[entering] = 0
    hang(side === 1 ? first : second, side === 1 ? second : first, entering, leaving)
  }

  /** Cuts the tree above `top` and hangs it up again by `end`, at `at`. */
  const hang = (end: number, at: number, entering: number, top: number): void => {
    let [v, above, arc] = [end, at, entering]
    for (;;) {
      const [oldParent, oldArc] = [parent[v]!, parentArc[v]!]
      const siblings = children[oldParent]!
      siblings[siblings.indexOf(v)] = siblings[siblings.length - 1]!
      siblings.pop()
      parent[v] = above
      parentArc[v] = arc
      children[above]!.push(v)
      if (v === top) break
      ;[above, arc, v] = [v, oldArc, oldParent]
    }
    const stack = [end]
    for (let u = stack.pop(); u !== undefined; u = stack.pop()) {
      const by = parentArc[u]!
      depth[u] = depth[parent[u]!]! + 1
      price[u] = to[by] === u ? price[parent[u]!]! + cost[by]! : price[parent[u]!]! - cost[by]!
      for (const child of children[u]!) stack.push(child)
    }
  }

  for (let entering = findEntering(); entering >= 0; entering = findEntering()) pivot(entering)

  const units = Int32Array.from(flow.subarray(0, m))
  const unsent = Int32Array.from({ length: n }, (_, v) => (from[m + v] === v ? flow[m + v]! : -flow[m + v]!))
  return { flow: units, cost: units.reduce((sum, x, i) => sum + x * cost[i]!, 0), unsent, price: price.slice(0, n) }
}

function check(supply: readonly number[], arcs: readonly Arc[]): void {
  const whole = (x: number, least: number) => Number.isSafeInteger(x) && x >= least && x < 2 ** 31
  let [units, dearest, gained] = [0, 0, 0]
  for (const has of supply) {
    if (!whole(Math.abs(has), 0)) throw new RangeError(`a supply is no whole number: ${has}`)
    units += Math.abs(has)
  }
  for (const [i, { from, to, capacity, cost }] of arcs.entries()) {
    if (supply[from] === undefined || supply[to] === undefined || from === to)
      throw new RangeError(`arc ${i} leads from ${from} to ${to}`)
    if (!whole(capacity, 0) || !whole(Math.abs(cost), 0)) throw new RangeError(`arc ${i} has no whole numbers`)
    dearest = Math.max(dearest, Math.abs(cost))
    // Round a way that pays goes more than any node has.
    if (cost < 0) gained -= cost * capacity
  }
  if (gained + 2 * (dearest + 1) * (supply.length + 1) * Math.max(1, units) > Number.MAX_SAFE_INTEGER)
    throw new RangeError('costs and units together are too large to be counted exactly')
}
