/** A plain table with a caption, headers that sort, and numbers that line up. Sorting itself is the server's. */
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { cx } from "./cx";
import styles from "./Table.module.css";

export type Column<Row> = {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: "start" | "end";
  /** This column names the row. */
  isRowHeader?: boolean;
  sortable?: boolean;
  width?: string;
  /** Left out on narrow screens; `first`, before the others are. */
  optional?: boolean | "first";
};
export type Sort = { column: string; direction: "ascending" | "descending" };

export type TableProps<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
};

export function Table<Row>({ caption, columns, rows, rowKey, sort, onSort, empty }: TableProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const isWide = useIsWide(box);
  return (
    <div
      ref={box}
      className={styles.scroll}
      {...(isWide && { role: "group", "aria-label": caption, tabIndex: 0 })}
    >
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                data-align={column.align}
                data-optional={column.optional || undefined}
                style={column.width === undefined ? undefined : { inlineSize: column.width }}
                aria-sort={sort?.column === column.id ? sort.direction : undefined}
              >
                {column.sortable && onSort !== undefined ? (
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={() => onSort(nextSort(column.id, sort))}
                  >
                    {column.header}
                    <span className={styles.arrow} aria-hidden="true" />
                  </button>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => {
                const Cell = column.isRowHeader ? "th" : "td";
                return (
                  <Cell
                    key={column.id}
                    scope={column.isRowHeader ? "row" : undefined}
                    className={cx(column.isRowHeader && styles.name)}
                    data-align={column.align}
                    data-optional={column.optional || undefined}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && empty}
    </div>
  );
}

/** Whether there is more than fits: then the keys must be able to scroll there. */
function useIsWide(box: RefObject<HTMLDivElement | null>): boolean {
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const element = box.current;
    const table = element?.firstElementChild;
    if (!element || !table) return;
    const observer = new ResizeObserver(() => setWide(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    observer.observe(table);
    return () => observer.disconnect();
  }, [box]);
  return isWide;
}

function nextSort(column: string, sort: Sort | undefined): Sort {
  const isSame = sort?.column === column && sort.direction === "ascending";
  return { column, direction: isSame ? "descending" : "ascending" };
}
