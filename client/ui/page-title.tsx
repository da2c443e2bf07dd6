import type { ReactNode } from 'react';

export interface PageTitleProps {
  /** A few words above: where this belongs. */
  readonly over?: ReactNode;
  readonly title: ReactNode;
  /** A sentence below. */
  readonly under?: ReactNode;
  /** Buttons at the end of the line. */
  readonly actions?: ReactNode;
}

/** The head of a page: long titles wrap under what stands beside them. */
export function PageTitle({ over, title, under, actions }: PageTitleProps) {
  return (
    <header className="page-title">
      <div className="page-title-words">
        {over !== undefined && <p className="page-title-over">{over}</p>}
        <h1>{title}</h1>
        {under !== undefined && <p className="page-title-under">{under}</p>}
      </div>
      {actions !== undefined && <div className="row">{actions}</div>}
    </header>
  );
}
