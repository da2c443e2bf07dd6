import { memo, type CSSProperties } from 'react';
import { linesOf, type Stretch } from './gather-stretches.ts';
import { StreetView } from './street-view.tsx';
import { useNear } from './use-near.ts';
import { hereIn } from './here-in.ts';

export interface StretchViewProps {
  readonly stretch: Stretch;
  /** The next door, if it is in here. */
  readonly hereId: string | null;
  /** The list begins with it: drawn without waiting for it to be seen. */
  readonly first: boolean;
}

/** Some streets of a long list: far away their names alone, as high as they will be. */
export const StretchView = memo(function StretchView(props: StretchViewProps) {
  const { stretch, hereId, first } = props;
  const { sections } = stretch;
  const [element, near] = useNear(first || hereId !== null);
  const lines = sections.reduce((sum, section) => sum + linesOf(section), 0);
  const style = { '--lines': lines, '--streets': sections.length } as CSSProperties;
  return (
    <div className="stretch" ref={element} style={style}>
      {sections.map((section) => (
        <StreetView
          key={section.key}
          section={section}
          hereId={hereIn(section, hereId)}
          most={near || hereId !== null ? Infinity : 0}
        />
      ))}
    </div>
  );
});
