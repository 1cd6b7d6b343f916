import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
// Before the app: what its parts look like comes over what every page has.
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app.js';
import { LanguageProvider } from './messages/language.js';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <App />
      </LanguageProvider>
    </StrictMode>,
  );
}
