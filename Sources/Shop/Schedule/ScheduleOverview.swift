// What is done when and where: a plan is a pure function of the queue and proposes; it stores nothing and reads nothing.
//
// `PlanInput` has the work centres with their hours (`WorkingHours`, `Closure`) and the jobs with their operations. `PlanTasks` puts them in
// an order of their own and works out what each waits for and by when it is due; `Dispatch` goes from moment to moment and gives each free
// centre (`OpenHours`) the first of what is ready (`ReadyQueue`). The answer is a `Plan`; `LateReasons` says why jobs in it are late, by
// planning once more without the reason. `KeptPlan` is what a later plan is compared with, `PlanLoad` how full the centres are.
//
// A `Promise` lays one more job into the gaps of a plan (`JobAlone`), by the time that such work really takes (`MinutesRatio`).
