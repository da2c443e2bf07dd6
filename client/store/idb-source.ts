/** Where IndexedDB comes from, when it is not the browser's own. */
export interface IdbSource {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
}
