import { useSearch } from 'wouter';
import { EntryPage } from './entry-page.tsx';
import { PaperList } from './paper-list.tsx';
import './paper.css';

/** `/desk/paper`: lists to print, and with `?turf=` what came back on one of them. */
export default function DeskPaper() {
  const wish = new URLSearchParams(useSearch());
  const turf = wish.get('turf');
  if (turf === null || turf === '') return <PaperList />;
  const language = wish.get('language') === 'es' ? 'es' : 'en';
  return <EntryPage key={turf} turfId={turf} scriptId={wish.get('script')} language={language} />;
}
